/*
 * How a number gets onto paper, for spin: the kiosk's journal and its printer driver, a wire that may break between any two
 * messages, a printer that buffers and goes on by itself when it can, and a person who is asked when nobody else knows.
 * Checked for NUMBERS numbers and every combination of up to FAULTS faults at every moment: the kiosk killed and started
 * again, the wire broken, the printer stopped (paper, cover, panel) and made good, its power cut, an answer lost, an answer
 * too late.
 *
 * It holds that
 *   - no ticket is lost: each number ends on paper, cut or hanging whole at the blade (ltl everyone; `confirmed` is recorded
 *     of what is on paper only), and whatever the journal calls failed has not come out and never will;
 *   - no second copy is silent: a paper that follows another of the same number carries the copy mark;
 *   - nothing is swapped, merged or swallowed: one piece of paper holds parts of one print, and papers come in the order
 *     of their prints;
 *   - nothing old comes out: once the printer has answered a kiosk that recovers, it prints no dot of an earlier print.
 * A ticket asks three times to be confirmed: before its lowest band, after its last black row, after the cut. A question
 * behind everything follows when the line broke. What hangs in the printer is remembered when the kiosk is killed.
 * Simplified: a picture is two graphics commands (all but the last band, the last band), each of which may arrive in half;
 * the printer confirms with identity; the first answer of a ticket is lost only with its connection, a later one at any
 * time; a person says yes only when a ticket is there, and may say no at any time.
 *
 * The code: kiosk/journal (recover, next_print), kiosk/print_queue, printer/job (session). tests/model/run also gives it one
 * error after another (-DBROKEN_…), each of which spin must find.
 */
#ifndef NUMBERS
#define NUMBERS 2
#endif
#ifndef FAULTS
#define FAULTS 3
#endif
/* Each print but the first of a number needs a fault before it. */
#define PRINTS (NUMBERS + FAULTS + 1)

mtype:message = { head_begin, head_end, tail_begin, tail_end, cut, ask_begun, ask_image, ask_cut, ask_end,
  nuls, clear, ask_state };
mtype:ticket = { issued, printing, printed, failed, unknown };
mtype:answer = { nothing, good, bad };

/* ---- the journal: survives the kiosk ---- */
mtype:ticket state[NUMBERS] = issued;
#if NUMBERS > 2
#define IS_DONE (state[0] == printed && state[1] == printed && state[2] == printed)
#else
#define IS_DONE (state[0] == printed && state[1] == printed)
#endif
bool may_be_out[NUMBERS];   /* a print of it is not known to have failed: the next one is a copy */
byte prints;                /* prints begun; each has its own identity */
byte number_of[PRINTS];
bool is_copy[PRINTS];
bool has_rest;              /* the printer may hold, or show, a part of a ticket */

/* ---- the wire, and the answers that came over it ---- */
chan wire = [2] of { mtype:message, byte };
bool is_connected;
mtype:answer told_state = nothing;
bool told_stopped, told_cleared, told_end;
byte told_mark;             /* of the newest print, the last that was answered */
#define BEGUN 1             /* all above its lowest band is on paper */
#define IMAGE 2             /* all of it is */
#define CUT 3

/* ---- the printer ---- */
chan buffer = [3] of { mtype:message, byte };
bool is_stopped;
byte half;                  /* the print of whose graphics command only a part has arrived, 0 none */
byte hanging;               /* the print that the uncut paper shows a part of, 0 none */
bool is_whole;              /* all of it */

/* ---- what happened: for the properties alone ---- */
byte papers[NUMBERS];
bool came_out[PRINTS];
bool called_failed[PRINTS];
byte newest;                /* the last print that came out */
byte withdrawn;             /* of this print and all before it no more dots may come onto paper */

byte faults = FAULTS;
bool is_killed;

inline lose_connection() {
  is_connected = false;
  told_state = nothing;
  told_stopped = false;
  told_cleared = false;
  told_end = false;
  told_mark = 0;
}

/* ================================================ the printer ================================================ */

inline put_on_paper(print) {
  assert(hanging == 0 || hanging == print);   /* two prints on one piece of paper */
  assert(print > withdrawn);                  /* something old goes on after the recovery */
  assert(!is_whole);
  hanging = print;
}

inline cut_paper() {
  if
  :: is_whole ->
     assert(hanging > newest);                                           /* something old came out */
     assert(!called_failed[hanging]);                                    /* the journal was wrong */
     assert(papers[number_of[hanging]] == 0 || is_copy[hanging]);        /* a silent second copy */
     newest = hanging;
     came_out[hanging] = true;
     papers[number_of[hanging]]++;
  :: else
  fi;
  hanging = 0;
  is_whole = false;
}

/* A message arrives. While a graphics command is half, whatever comes next is taken for its dots. */
inline arrive(what, print) {
  if
  :: half != 0 && what == nuls -> half = 0
  :: half != 0 && (what == head_end || what == tail_end) ->
     assert(print == half);
     half = 0;
     buffer!what, print
  :: half != 0 && what != nuls && what != head_end && what != tail_end ->
     assert(what != head_begin && what != tail_begin);                   /* a ticket was swallowed */
     if
     :: what != ask_state -> half = 0
     :: else
     fi
  :: half == 0 && what == clear ->
     do
     :: buffer?_, _
     :: empty(buffer) -> break
     od;
     told_cleared = is_connected
  :: half == 0 && what == ask_state ->
     if
     :: is_connected && is_stopped -> told_state = bad
     :: is_connected && !is_stopped -> told_state = good
     :: else
     fi
  :: half == 0 && (what == head_begin || what == tail_begin) ->
     half = print;
     buffer!what, print
  :: half == 0 && (what == cut || what == ask_begun || what == ask_image || what == ask_cut || what == ask_end) ->
     buffer!what, print
  :: half == 0 && what == nuls
  fi
}

inline answer_mark(print, mark) {
  if
  :: is_connected && print == prints -> told_mark = mark
  :: else
  fi
}

inline execute(what, print) {
  if
  :: what == head_begin || what == head_end || what == tail_begin -> put_on_paper(print)
  :: what == tail_end -> put_on_paper(print); is_whole = true
  :: what == cut -> cut_paper()
  :: what == ask_begun -> answer_mark(print, BEGUN)
  :: what == ask_image -> answer_mark(print, IMAGE)
  :: what == ask_cut -> answer_mark(print, CUT)
  :: what == ask_end -> told_end = is_connected
  fi
}

#define IS_AT_ONCE (wire?[clear, _] || wire?[ask_state, _] || wire?[nuls, _])

active proctype printer() {
  mtype:message what;
  byte print;
end:
  do
  :: atomic { nempty(wire) && (IS_AT_ONCE || nfull(buffer)) -> wire?what, print; arrive(what, print); what = 0; print = 0 }
  :: atomic { nempty(buffer) && !is_stopped -> buffer?what, print; execute(what, print); what = 0; print = 0 }
  od
}

/* Nothing more will come from the printer as things are. */
#define IS_QUIET (len(wire) == 0 && (len(buffer) == 0 || is_stopped))

/* ================================================ the kiosk ================================================ */

inline settle(becomes) {
  d_step {
    if
    :: becomes == printed -> assert(came_out[print] || (hanging == print && is_whole))
    :: becomes == failed && print != 0 -> assert(!came_out[print]); called_failed[print] = true
    :: becomes == unknown ->
       may_be_out[number] = true;
       if
       :: is_connected -> withdrawn = print
       :: else
       fi
    :: else
    fi;
    state[number] = becomes;
    has_rest = must_flush || must_cut;
#ifdef BROKEN_REST
    has_rest = becomes != printed;
#endif
    print = 0
  }
}

/* Sends, or notices that the connection is gone, or gives it up as the printer takes nothing. */
inline send(what) {
  if
  :: is_broken
  :: !is_broken ->
     if
     :: atomic { is_connected && nfull(wire) -> wire!what, print }
     :: atomic { !is_connected -> is_broken = true }
     :: atomic { is_connected && full(wire) && full(buffer) && is_stopped -> lose_connection(); is_broken = true }
     fi
  fi
}

/* A deadline: reached when nothing comes any more, or (a fault) too early. */
#define IS_LATE(what) (is_connected && !(what) && (IS_QUIET || faults > 0))
inline count_as_fault() {
  if
  :: IS_QUIET
  :: else -> faults--
  fi
}

inline connect() {
  d_step {
    if
    :: !is_connected ->
       do
       :: wire?_, _            /* what the printer has not read of the last connection is lost */
       :: empty(wire) -> break
       od;
       lose_connection();
       is_connected = true
    :: else -> told_state = nothing
    fi;
    is_broken = false
  }
}

/* Connects, clears what an interrupted print has left, asks the state. */
inline hello() {
  connect();
  if
  :: must_flush -> send(nuls); send(clear)
  :: else
  fi;
#ifdef BROKEN_FLUSH
  must_flush = false;
#endif
  send(ask_state);
  if
  :: is_broken
  :: !is_broken ->
     if
     :: atomic { told_state != nothing -> is_able = (told_state == good); told_state = nothing; must_flush = false; withdrawn = prints }
     :: atomic { !is_connected -> is_broken = true }
     :: atomic { IS_LATE(told_state != nothing) -> count_as_fault(); lose_connection(); is_broken = true }
     fi
  fi
}

inline begin_print() {
  d_step {
    prints++;
    assert(prints < PRINTS);
    print = prints;
    number_of[print] = number;
    is_copy[print] = may_be_out[number];
#ifdef BROKEN_MARK
    is_copy[print] = false;
#endif
#ifndef BROKEN_ORDER
    state[number] = printing;
    has_rest = true;
#endif
    told_mark = 0;
    told_stopped = false;
    is_last_band_out = false
  }
}

inline send_ticket() {
#ifndef BROKEN_CUT
  if
  :: must_cut -> send(cut)
  :: else
  fi;
#endif
  send(head_begin);
  send(head_end);
  send(ask_begun);
  is_last_band_out = !is_broken;
  send(tail_begin);
  send(tail_end);
  send(ask_image);
  send(cut);
  send(ask_cut)
}

/* What the printer holds of this print must not come out later. */
inline discard_rest() {
#ifdef BROKEN_CLEAR
  skip
#else
  must_flush = true;
  told_cleared = false;
  send(clear);
  if
  :: is_broken
  :: !is_broken ->
     if
     :: told_cleared -> must_flush = false
     :: !is_connected
     :: atomic { IS_LATE(told_cleared) -> count_as_fault(); if :: told_mark < IMAGE -> lose_connection() :: else fi }
     fi
  fi
#endif
}

/* The line broke: the answers may come on the next one, and a question behind everything tells when no more will. */
inline look_again() {
  must_flush = true;
  connect();
  send(ask_end);
  if
  :: is_broken
  :: !is_broken ->
     if
     :: told_mark == CUT || told_end
     :: !is_connected
     :: atomic { IS_LATE(told_mark == CUT || told_end) -> count_as_fault() }
     fi
  fi
}

inline judge() {
  if
#ifdef BROKEN_LATE
  :: told_end -> must_cut = false; settle(printed)
#endif
  :: told_mark == CUT -> must_cut = false; settle(printed)
  :: told_mark == IMAGE -> must_cut = true; settle(printed)
#ifdef BROKEN_MARKS
  :: told_mark < IMAGE && has_stopped && told_cleared -> must_cut = true; settle(failed)
#elif defined(BROKEN_CLEARED)
  :: told_mark == 0 && has_stopped -> must_cut = true; settle(failed)
  :: told_mark == 0 && !has_stopped -> must_cut = true; settle(unknown)
  :: told_mark == BEGUN -> must_cut = true; settle(unknown)
#elif defined(BROKEN_OUTCOME)
  :: told_mark < IMAGE -> must_cut = true; settle(failed)
#else
  :: told_mark == 0 && has_stopped && told_cleared -> must_cut = true; settle(failed)
  :: told_mark == BEGUN || (told_mark == 0 && !(has_stopped && told_cleared)) -> must_cut = true; settle(unknown)
#endif
  fi
}

inline watch() {
  has_stopped = false;
  if
  :: told_mark == CUT
  :: told_stopped && told_mark != CUT -> has_stopped = true; discard_rest()
  :: !is_connected -> look_again(); discard_rest()
  :: atomic { IS_LATE(told_mark == CUT || told_stopped) -> count_as_fault() } discard_rest()
  fi;
  must_flush = must_flush || !is_connected;
  has_stopped = has_stopped && is_connected;
  judge()
}

inline print_one() {
  hello();
  if
  :: is_broken || !is_able -> settle(failed)
  :: else ->
     begin_print();
     send_ticket();
#ifdef BROKEN_ORDER
     state[number] = printing;
     has_rest = true;
#endif
     if
     :: is_broken ->
        must_flush = true;
        must_cut = true;
        if
        :: is_last_band_out -> settle(unknown)
        :: else -> settle(failed)
        fi
     :: else -> watch()
     fi
  fi
}

/* After a start nothing is remembered but the journal: what had begun is unknown, and the printer may hold anything. */
inline start_again() {
  d_step {
    is_killed = false;
    lose_connection();
    for (number : 0 .. NUMBERS - 1) {
      if
      :: state[number] == printing -> state[number] = unknown; may_be_out[number] = true; has_rest = true
      :: else
      fi
    }
    number = 0;
    print = 0;
    is_broken = false;
    is_able = false;
    is_last_band_out = false;
    has_stopped = false;
#ifdef BROKEN_START
    must_flush = false;
    must_cut = false;
#else
    must_flush = has_rest;
    must_cut = has_rest;
#endif
  }
}

#define IS_WAITING(n) (state[n] == issued || state[n] == failed)

active proctype kiosk() {
  byte number, print;
  bool is_broken, is_able, is_last_band_out;
  bool must_flush, must_cut, has_stopped;
work:
  {
    do
    :: IS_WAITING(0) -> number = 0; print_one()
    :: IS_WAITING(1) -> number = 1; print_one()
#if NUMBERS > 2
    :: IS_WAITING(2) -> number = 2; print_one()
#endif
    :: IS_DONE -> break
    od
  } unless {
    atomic { is_killed -> start_again(); goto work }
  }
}

/* ================================================ people and bad luck ================================================ */

/* Fallen, or hanging at the blade, where it can be torn off. */
#define IS_THERE(n) (papers[n] > 0 || (is_whole && number_of[hanging] == n))

inline ask_person(number) {
  atomic {
    state[number] == unknown ->
    if
    :: IS_THERE(number) -> state[number] = printed
    :: state[number] = failed
    fi
  }
}

active proctype person() {
end:
  do
  :: ask_person(0)
  :: ask_person(1)
#if NUMBERS > 2
  :: ask_person(2)
#endif
  od
}

active proctype staff() {
end:
  do
  :: is_stopped -> is_stopped = false
  od
}

active proctype bad_luck() {
end:
  do
  :: atomic { faults > 0 && is_connected -> faults--; lose_connection() }
  :: atomic { faults > 0 && !is_stopped -> faults--; is_stopped = true; told_stopped = is_connected }
  :: atomic {                                                            /* power cut */
       faults > 0 -> faults--;
       do
       :: wire?_, _
       :: buffer?_, _
       :: empty(wire) && empty(buffer) -> break
       od;
       half = 0;
       lose_connection()
     }
  :: atomic { faults > 0 && told_mark > BEGUN -> faults--; told_mark = BEGUN }          /* an answer is lost */
  :: atomic { faults > 0 && !IS_DONE -> faults--; is_killed = true }
  od
}

#define IS_ON_PAPER (IS_THERE(0) && IS_THERE(1))
ltl everyone { <> (IS_DONE && IS_ON_PAPER) }
