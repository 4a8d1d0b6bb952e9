// Exact and approximate waits of one line before c equal windows, Poisson arrivals, exponential
// services, first come first served. Time is in any unit, the same everywhere; `load` is the
// offered load a = λ × mean service (erlangs). Pure; any thread.
#pragma once

namespace matanai::queue {

// Blocking probability of M/M/c/c. Recursion B(k) = a B(k−1) / (k + a B(k−1)): Erlang 1917;
// Jagerman, Bell System Technical Journal 53(3), 1974. c ≥ 0, load ≥ 0.
double erlang_b(int windows, double load);

// P(W > 0) of M/M/c: C = B / (1 − ρ (1 − B)). 1 when load ≥ windows.
double erlang_c(int windows, double load);

// M/M/c: windows c ≥ 1, λ = `arrivals` and μ = `rate` per unit of time. All need load < windows;
// without that the waits are infinite.
struct MarkovQueue {
  int windows = 1;
  double arrivals = 0;
  double rate = 1;

  double load() const { return arrivals / rate; }
  double utilisation() const { return load() / windows; }
  double delay_probability() const { return erlang_c(windows, load()); }
  double mean_wait() const;                // Wq = C / (cμ − λ)
  double wait_exceeds(double time) const;  // P(W > t) = C e^{−(cμ−λ)t}
};

// Wq of GI/G/c ≈ Wq of M/M/c × (c_a² + c_s²) / 2: Allen, "Probability, Statistics and Queueing
// Theory", 1978 (Allen–Cunneen). Arguments: squared coefficients of variation.
double allen_cunneen_wait(const MarkovQueue& queue, double arrival_scv, double service_scv);

// P(W > 0) ≈ [1 + β Φ(β)/φ(β)]⁻¹ for c = R + β√R windows: Halfin and Whitt, "Heavy-traffic limits
// for queues with many exponential servers", Operations Research 29(3), 1981. β > 0.
double halfin_whitt_delay(double beta);
// Its inverse, 0 < delay < 1.
double halfin_whitt_beta(double delay);
// Square-root staffing: the least whole number of windows ≥ R + β√R, at least 1.
int square_root_windows(double load, double beta);
// The least number of windows with P(W > time) ≤ `share` by Erlang C (0 < share < 1).
int windows_for_target(double arrivals, double rate, double time, double share);

// M/M/c+M ("Erlang A": Palm 1957; Garnett, Mandelbaum, Reiman, M&SOM 4(3), 2002): each who waits
// leaves at rate `patience_rate` > 0.
struct ErlangA {
  double delay_probability = 0;    // P(W > 0) of an arrival
  double abandon_probability = 0;  // of an arrival
  double mean_wait = 0;            // in line, of all arrivals, those who leave included
  double mean_waiting = 0;         // how many wait
};
ErlangA erlang_a(const MarkovQueue& queue, double patience_rate);

}  // namespace matanai::queue
