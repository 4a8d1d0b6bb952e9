// The bar of every view: office, day and clock; says when the clock is the demo's.
import type { JSX } from "preact";
import { dateAt, dayName, isDemoClock, spokenTime, timeAt } from "../../../../core/index.ts";
import { both } from "../../words.ts";
import { Pair } from "../words.tsx";
import "./top.css";

export interface TopProps {
  name: string;
  nameEn: string | undefined;
  zone: string | undefined;
  now: number | undefined;
}

export function Top({ name, nameEn, zone, now }: TopProps): JSX.Element {
  return (
    <header class="m-hall__top">
      <h1 class="m-hall__name">
        {name}
        {zone && <b class="m-zone m-zone--top">{zone}</b>}
        {nameEn && <span lang="en">{nameEn}</span>}
      </h1>
      <p class="m-hall__clock">
        {isDemoClock() && (
          <span class="m-hall__demo">
            <Pair text={both("hall.demo_time")} />
          </span>
        )}
        {now !== undefined && (
          <>
            <small>{dayName("ja", dateAt(now))}</small>
            <b>{spokenTime(timeAt(now))}</b>
          </>
        )}
      </p>
    </header>
  );
}
