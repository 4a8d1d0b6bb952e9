import { Pass } from "./pass.tsx";

export const name = "pass";

export const examples = {
  booked: () => (
    <Pass
      title="当日 発券機に かざします"
      token="MR0123456789ABCDEFGHJKMNPQRSX"
      qrLabel="予約のQRコード"
      codeLabel="予約番号"
      code="48271936"
    />
  ),
};
