import type { ClassMapping, FieldMapping, KindMapping, Mapping } from '../../model/mapping.ts'

/** A class that the mapping names, with what is written to it for whichever kinds. */
export interface WantedClass {
  readonly className: string
  readonly kinds: readonly KindMapping[]
  /** One for each attribute; those that are never written are not among them. */
  readonly fields: readonly FieldMapping[]
}

export function kindsOf(mapping: Mapping): KindMapping[] {
  return Object.values(mapping.kinds).filter(({ classes }) => classes.length > 0)
}

/** In the order of the mapping, each class once: servers and machines share some. */
export function wantedClasses(mapping: Mapping): WantedClass[] {
  const wanted = new Map<string, { kinds: KindMapping[]; classes: ClassMapping[] }>()
  for (const kind of kindsOf(mapping))
    for (const one of kind.classes) {
      const found = wanted.get(one.className) ?? { kinds: [], classes: [] }
      wanted.set(one.className, { kinds: [...found.kinds, kind], classes: [...found.classes, one] })
    }
  return [...wanted].map(([className, { kinds, classes }]) => ({
    className,
    kinds,
    fields: fieldsOf(classes),
  }))
}

/** Names of all attributes that are read of a class, whether it has them or not. */
export function attributesToRead({ kinds, fields }: WantedClass, mapping: Mapping): Set<string> {
  const evidence = kinds.flatMap((kind) => [...kind.nameAttributes, ...kind.addressAttributes])
  return new Set(['Code', mapping.keyAttribute, ...fields.map(({ attribute }) => attribute), ...evidence])
}

export function wantedDomains(mapping: Mapping): Set<string> {
  return new Set(mapping.links.map((rule) => mapping.domains[rule]))
}

function fieldsOf(classes: readonly ClassMapping[]): FieldMapping[] {
  const byAttribute = new Map<string, FieldMapping>()
  for (const field of classes.flatMap(({ fields }) => fields)) {
    const known = byAttribute.get(field.attribute)
    if (field.policy !== 'never' && (known === undefined || known.lacking === null))
      byAttribute.set(field.attribute, field)
  }
  return [...byAttribute.values()]
}
