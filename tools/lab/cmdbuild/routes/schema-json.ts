import type { CmdbuildStore } from '../store/cmdbuild-store.ts'
import { rightsOf } from '../store/lab-schema.ts'
import type { AttributeMode, ClassAttribute, LabClass, LabDomain, LabLookup } from '../store/schema-types.ts'

export function classJson(one: LabClass): Record<string, unknown> {
  const { canRead, canCreate, canUpdate, canDelete } = one.rights
  return {
    _id: one.name,
    name: one.name,
    description: one.description,
    _description_translation: one.description,
    prototype: one.isPrototype,
    parent: one.parent,
    active: one.isActive,
    type: 'standard',
    speciality: 'default',
    _can_read: canRead,
    _can_create: canCreate,
    _can_update: canUpdate,
    _can_delete: canDelete,
    _can_clone: canCreate,
    _can_modify: true,
    _can_print: canRead,
    _can_search: canRead,
    _can_bulk_update: false,
    _can_bulk_delete: false,
  }
}

/** What people see is less than what clients of the service may do. */
const SEEN_BY_MODE: Readonly<Record<AttributeMode, { reads: boolean; creates: boolean; updates: boolean }>> =
  {
    write: { reads: true, creates: true, updates: true },
    protected: { reads: true, creates: true, updates: true },
    read: { reads: true, creates: false, updates: false },
    hidden: { reads: false, creates: false, updates: false },
    immutable: { reads: true, creates: true, updates: false },
    sysread: { reads: true, creates: false, updates: false },
    reserved: { reads: false, creates: false, updates: false },
  }

export function attributeJson(store: CmdbuildStore, one: ClassAttribute): Record<string, unknown> {
  const seen = SEEN_BY_MODE[one.mode]
  const rights = rightsOf(one)
  return {
    _id: one.name,
    type: one.type,
    name: one.name,
    description: one.description,
    _description_translation: one.description,
    showInGrid: false,
    showInReducedGrid: false,
    unique: one.isUnique,
    mandatory: one.isMandatory,
    inherited: one.isInherited,
    active: one.isActive,
    index: one.index,
    defaultValue: null,
    group: null,
    _group_description: null,
    _group_description_translation: null,
    mode: one.mode,
    writable: seen.creates || seen.updates,
    immutable: seen.creates && !seen.updates,
    hidden: !seen.reads,
    _can_read: rights.canRead,
    _can_create: rights.canCreate,
    _can_update: rights.canUpdate,
    _can_modify: one.mode !== 'protected',
    metadata: {},
    help: null,
    showIf: null,
    validationRules: null,
    autoValue: null,
    alias: null,
    syncToDmsAttr: null,
    helpAlwaysVisible: false,
    hideInFilter: false,
    hideInGrid: false,
    virtual: false,
    sortingEnabled: true,
    ...typeJson(store, one),
  }
}

function typeJson(store: CmdbuildStore, one: ClassAttribute): Record<string, unknown> {
  if (one.type === 'string')
    return { maxLength: one.maxLength, multiline: false, textContentSecurity: 'plaintext' }
  if (one.type === 'decimal') return { precision: one.precision, scale: one.scale }
  if (one.type === 'lookup') return { lookupType: one.lookupType }
  if (one.type === 'ipAddress') return { ipType: one.ipType ?? 'any' }
  if (one.type !== 'reference') return {}
  const domain = store.schema.domainOf(one.domain ?? '')
  return {
    domain: domain.name,
    direction: one.direction,
    targetClass: one.direction === 'direct' ? domain.destination : domain.source,
    targetType: 'class',
  }
}

export function lookupJson(one: LabLookup): Record<string, unknown> {
  return {
    _id: one.id,
    _type: one.type,
    code: one.code,
    description: one.description,
    _description_translation: one.description,
    index: one.index,
    active: one.isActive,
    parent_id: null,
    parent_type: null,
    default: false,
    note: null,
    text_color: null,
    icon_type: 'none',
    icon_image: null,
    icon_font: null,
    icon_color: null,
    accessType: 'default',
  }
}

export function domainJson(store: CmdbuildStore, one: LabDomain): Record<string, unknown> {
  const at = (end: 'source' | 'destination') =>
    store.schema
      .family(one[end])
      .filter((name) => !store.schema.classOf(name).isPrototype && store.schema.fits(name, one, end))
  return {
    _id: one.name,
    name: one.name,
    description: one.description,
    source: one.source,
    sources: at('source'),
    sourceProcess: false,
    destination: one.destination,
    destinations: at('destination'),
    destinationProcess: false,
    cardinality: one.cardinality,
    descriptionDirect: one.descriptionDirect,
    _descriptionDirect_translation: one.descriptionDirect,
    descriptionInverse: one.descriptionInverse,
    _descriptionInverse_translation: one.descriptionInverse,
    descriptionMasterDetail: null,
    _descriptionMasterDetail_translation: null,
    filterMasterDetail: null,
    isMasterDetail: one.isMasterDetail,
    sourceInline: false,
    sourceDefaultClosed: false,
    destinationInline: false,
    destinationDefaultClosed: false,
    active: one.isActive,
    disabledSourceDescendants: one.disabledSources,
    disabledDestinationDescendants: one.disabledDestinations,
    masterDetailDisabledCreateAttrs: [],
    cascadeActionDirect: one.cascadeDirect,
    cascadeActionInverse: one.cascadeInverse,
    cascadeActionDirect_askConfirm: false,
    cascadeActionInverse_askConfirm: false,
    _can_create: one.canCreate,
  }
}
