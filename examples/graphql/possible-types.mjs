/** A plug-in of the Code Generator: which types an interface stands for, as Apollo's cache asks. */
export function plugin(schema) {
  const interfaces = Object.values(schema.getTypeMap()).filter((type) => 'resolveType' in type);
  const possible = interfaces.map(({ name }) => [
    name,
    schema.getPossibleTypes(schema.getType(name)).map((type) => type.name),
  ]);
  return `export const possibleTypes = ${JSON.stringify(Object.fromEntries(possible))};\n`;
}
