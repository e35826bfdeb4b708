import { Anchor, Badge, Button } from '@mantine/core'
import { createLink } from '@tanstack/react-router'

/** A link in a text or list, with the parameters and filters of its page checked. */
export const AnchorLink = createLink(Anchor<'a'>)
/** A button that leads to a page. */
export const ButtonLink = createLink(Button<'a'>)
/** A count or state that leads to what it stands for. */
export const BadgeLink = createLink(Badge<'a'>)
