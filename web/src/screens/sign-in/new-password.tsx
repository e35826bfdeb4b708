import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PasswordField } from './password-field.tsx'

/** As the contract has it; the server also refuses the common ones. */
const SHORTEST = 12

interface NewPassword {
  value: string
  repeated: string
  isChecked: boolean
  setValue(value: string): void
  setRepeated(value: string): void
  /** True when both are alike and long enough; shows what is wrong otherwise. */
  check(): boolean
  clear(): void
}

export function useNewPassword(): NewPassword {
  const [value, setValue] = useState('')
  const [repeated, setRepeated] = useState('')
  const [isChecked, setIsChecked] = useState(false)
  return {
    value,
    repeated,
    isChecked,
    setValue,
    setRepeated,
    check: () => {
      setIsChecked(true)
      return value.length >= SHORTEST && value === repeated
    },
    clear: () => {
      setValue('')
      setRepeated('')
      setIsChecked(false)
    },
  }
}

/** A new password, twice. */
export function NewPasswordFields(props: { password: NewPassword; label: string; repeatLabel: string }) {
  const { t } = useTranslation('account')
  const { value, repeated, isChecked, setValue, setRepeated } = props.password
  const missing = SHORTEST - value.length
  return (
    <>
      <PasswordField
        label={props.label}
        description={t('setup.passwordHint')}
        value={value}
        onChange={setValue}
        autoComplete="new-password"
        error={isChecked && missing > 0 && t('setup.short', { count: missing })}
      />
      <PasswordField
        label={props.repeatLabel}
        value={repeated}
        onChange={setRepeated}
        autoComplete="new-password"
        error={isChecked && value !== repeated && t('setup.mismatch')}
      />
    </>
  )
}
