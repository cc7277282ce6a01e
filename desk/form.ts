/** What stands in a form that is being sent: its fields' texts by their names. It stays on the page. */
export function formValues(event: SubmitEvent): Record<string, string> {
  event.preventDefault();
  const values: Record<string, string> = {};
  new FormData(event.target as HTMLFormElement).forEach((value, name) => {
    if (typeof value === 'string') values[name] = value;
  });
  return values;
}
