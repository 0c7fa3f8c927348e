import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../docs/schema.graphql',
  documents: 'documents.graphql',
  generates: {
    'generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        // What is null is null, never left out.
        avoidOptionals: { field: true },
        strictScalars: true,
        scalars: {
          Date: 'string',
          DateTime: 'string',
          JSON: 'unknown',
          StringMap: 'Record<string, string>',
        },
      },
    },
    'generated/possible-types.ts': { plugins: ['./possible-types.mjs'] },
  },
};

export default config;
