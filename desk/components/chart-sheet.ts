import { unsafeCSS } from 'lit';
import uplot from 'uplot/dist/uPlot.min.css?inline';

/** uPlot's own, as a sheet for a shadow root. */
export const chartSheet = unsafeCSS(uplot);
