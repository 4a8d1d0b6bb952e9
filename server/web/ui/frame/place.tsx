// The office under the bar, with the way to change it.
import type { JSX } from "preact";
import { t } from "../../words/index.ts";
import { ButtonLink } from "../button/button.tsx";
import { Icon } from "../icon/icon.tsx";
import "./place.css";

export interface PlaceProps {
  name: string;
  address: string;
  href: string;
  onClick?: (event: MouseEvent) => void;
}

export function Place({ name, address, href, onClick }: PlaceProps): JSX.Element {
  return (
    <div class="m-place">
      <div class="m-place__in">
        <Icon name="place" />
        <span>
          <b>{name}</b>
          <small>{address}</small>
        </span>
        <ButtonLink kind="tertiary" size="medium" href={href} {...(onClick ? { onClick } : {})}>
          {t("ui.change")}
          <span class="u-hidden">{t("ui.change_office")}</span>
        </ButtonLink>
      </div>
    </div>
  );
}
