import { Box } from '@mantine/core'
import { FieldView } from './field-view.tsx'
import { Fields } from './fields.tsx'
import { FormContext, PartsContext } from './form-context.ts'
import type { Field } from './model/field.ts'
import type { SchemaForm } from './use-schema-form.ts'
import { VariantFields } from './widgets/group-field.tsx'

const PARTS = { FieldView, Fields }

/** The fields of a whole form made from a schema; the form element and its buttons are the page's. */
export function SchemaFields({ field, form }: { field: Field; form: SchemaForm }) {
  return (
    <FormContext.Provider value={form.state}>
      <PartsContext.Provider value={PARTS}>
        <Box
          component="fieldset"
          disabled={form.state.isReadOnly}
          style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}
        >
          <div ref={form.ref}>
            {field.shape === 'group' && <Fields fields={field.fields} path={[]} />}
            {field.shape === 'variants' && <VariantFields field={field} path={[]} value={form.state.value} />}
          </div>
        </Box>
      </PartsContext.Provider>
    </FormContext.Provider>
  )
}
