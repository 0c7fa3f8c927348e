/** Schemas, each compiled when something is checked against it first, so that it is not read anew for each value. */
import type { TProperties, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';

const validators = new WeakMap<TSchema, Validator>();

/** What checks values against the schema. */
export function validatorOf<S extends TSchema>(schema: S): Validator<TProperties, S> {
  let validator = validators.get(schema);
  if (!validator) {
    validator = Compile(schema) as Validator;
    validators.set(schema, validator);
  }
  return validator as Validator<TProperties, S>;
}
