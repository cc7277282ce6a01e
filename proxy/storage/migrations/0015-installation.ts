/**
 * Who we are towards a provider: of two proxies that keep a shop of the same name in the same store, each has to know which
 * files are its own. A copy of the database is the same installation.
 */
export const installation = `
CREATE TABLE installation (
  id  TEXT NOT NULL
) STRICT;
INSERT INTO installation (id) VALUES (lower(hex(randomblob(12))));
`;
