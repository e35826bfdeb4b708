/** The mark: an anchor that holds. Beside the name, so it says nothing by itself. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--mantine-color-brand-7)" />
      <path
        d="M16 5v15m-7-5c0 6 3 10 7 11 4-1 7-5 7-11M11 10h10"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
