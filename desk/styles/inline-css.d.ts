/** Vite gives the text of a sheet. */
declare module '*.css?inline' {
  const text: string;
  export default text;
}
