import { Anchor, Button } from '@mantine/core'
import { createLink } from '@tanstack/react-router'

/** A link in a text or list, with the parameters and filters of its page checked. */
export const AnchorLink = createLink(Anchor<'a'>)
/** A button that leads to a page. */
export const ButtonLink = createLink(Button<'a'>)
