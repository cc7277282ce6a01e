/** Of what waits for a model, in seconds: 50 ms is its answer from memory, a minute the end of anybody's patience. */
export const MODEL_S = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60];
/** Of what waits for nobody but us. */
export const OWN_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
