// Reads result files of the test runners and prints "PASSED FAILED SKIPPED" of all of them together.
// Usage: count-results.mjs FILE...   GoogleTest JSON, Vitest JSON and Playwright JSON are told apart by their fields.
// A file that is missing or not JSON (a program that crashed) counts as one failure.
import { readFileSync } from "node:fs";

function countOf(report) {
  if (Array.isArray(report.testsuites)) {
    const off = report.disabled ?? 0;
    const cases = report.testsuites.flatMap((suite) => suite.testsuite);
    const skipped = cases.filter((test) => test.result === "SKIPPED").length;
    const failed = report.failures + (report.errors ?? 0);
    return [report.tests - off - skipped - failed, failed, off + skipped];
  }
  if (typeof report.numTotalTests === "number") {
    // A file that could not even be loaded has no tests of its own: it is a failed suite.
    const broken = report.testResults.filter(
      (file) => file.status === "failed" && file.assertionResults.length === 0,
    );
    return [
      report.numPassedTests,
      report.numFailedTests + broken.length,
      report.numPendingTests + report.numTodoTests,
    ];
  }
  if (report.stats && report.suites) {
    const { expected, unexpected, flaky, skipped } = report.stats;
    // Flaky means that it failed once. Errors outside tests (a page that does not compile) are failures too.
    return [expected, unexpected + flaky + (report.errors?.length ?? 0), skipped];
  }
  throw new Error("not a report");
}

const sum = [0, 0, 0];
for (const file of process.argv.slice(2)) {
  let counts;
  try {
    counts = countOf(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    console.error(`${file}: ${error.message}`);
    counts = [0, 1, 0];
  }
  for (const [i, count] of counts.entries()) sum[i] += count;
}
console.log(sum.join(" "));
