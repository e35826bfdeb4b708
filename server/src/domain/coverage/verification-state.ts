import { durationMs, type RestorePointMarks } from '@holdfast/contract'

export type VerificationState = 'verified' | 'verified-long-ago' | 'not-verified' | 'failed'

/**
 * What the last check says about a restore point. Only a full check makes it verified, for as long as `maxAge` (a
 * duration such as `30d`) says; a sample that found nothing wrong proves too little, one that found damage proves enough.
 */
export function verificationState(
  marks: Pick<RestorePointMarks, 'verifiedAt' | 'verifiedLevel' | 'verifiedOk'>,
  maxAge: string,
  now: Date,
): VerificationState {
  if (marks.verifiedOk === false) return 'failed'
  if (!marks.verifiedOk || marks.verifiedAt === null || marks.verifiedLevel !== 'full') return 'not-verified'
  const ageMs = now.getTime() - Date.parse(marks.verifiedAt)
  return ageMs <= durationMs(maxAge) ? 'verified' : 'verified-long-ago'
}
