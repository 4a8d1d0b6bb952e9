// Names for the messages of schema/openapi.yaml.
import type { components, paths } from "./generated/openapi.ts";

type Schemas = components["schemas"];
export type Schema<Name extends keyof Schemas> = Schemas[Name];

export type Office = Schema<"Office">;
export type OfficeDetail = Schema<"OfficeDetail">;
export type Service = Schema<"Service">;
export type Group = Schema<"Group">;
export type Errand = Schema<"Errand">;
export type BringItem = Schema<"BringItem">;
export type Day = Schema<"Day">;
export type DayList = Schema<"DayList">;
export type SlotTime = Schema<"SlotTime">;
export type TimeList = Schema<"TimeList">;
export type Hold = Schema<"Hold">;
export type Help = Schema<"Help">;
export type Reservation = Schema<"Reservation">;
export type ReservationRequest = Schema<"ReservationRequest">;
export type ReservationProof = Schema<"ReservationProof">;
export type TicketStatus = Schema<"TicketStatus">;
export type IssuedTicket = Schema<"IssuedTicket">;
export type Board = Schema<"Board">;
export type BoardCall = Schema<"BoardCall">;
export type BoardGroup = Schema<"BoardGroup">;
export type WaitRange = Schema<"WaitRange">;
export type Floor = Schema<"Floor">;
export type WindowState = Schema<"WindowState">;
export type WindowCommand = Schema<"WindowCommand">;
export type CommandName = Schema<"CommandName">;
export type StaffSession = Schema<"StaffSession">;
export type ClockState = Schema<"ClockState">;
export type Problem = Schema<"Problem">;

type Method = "get" | "post" | "put" | "delete" | "patch";

/** Paths of the API that have an operation of this method. */
export type PathWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [K in M]: { responses: unknown } } ? P : never;
}[keyof paths];

type Operation<P extends keyof paths, M extends Method> = paths[P] extends { [K in M]: infer O }
  ? O
  : never;

type Content<R> = R extends { content: { "application/json": infer Body } } ? Body : undefined;
type Success<Responses> = {
  [Status in keyof Responses]: Status extends 200 | 201 | 204 ? Content<Responses[Status]> : never;
}[keyof Responses];

export type Answer<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { responses: infer R } ? Success<R> : never;

export type Body<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { requestBody: { content: { "application/json": infer B } } }
    ? B
    : undefined;

type PathPlaces<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { parameters: { path: infer V } } ? V : undefined;

type QueryPlaces<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { parameters: { query?: infer V } } ? NonNullable<V> : undefined;

/** What a call needs beside its path: places, query and body, each only where the operation has it. */
export type Call<P extends keyof paths, M extends Method> = (PathPlaces<P, M> extends undefined
  ? { path?: undefined }
  : { path: PathPlaces<P, M> }) &
  (QueryPlaces<P, M> extends undefined ? { query?: undefined } : { query?: QueryPlaces<P, M> }) &
  (Body<P, M> extends undefined ? { body?: undefined } : { body: Body<P, M> });
