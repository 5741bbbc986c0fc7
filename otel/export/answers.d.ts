/**
 * Tells each export over HTTP what came of its attempts. The exporters take any answer below 300 for a collector's,
 * also the page of a web server, and say nothing of an attempt that they repeat.
 */
export declare function listenForAnswers(): void
