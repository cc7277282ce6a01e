import { css } from '../styles/css.ts';

export const productCarouselStyles = css`
  shopclerk-product-carousel {
    display: block;
  }
  .carousel-head {
    display: flex;
    align-items: end;
    justify-content: space-between;
    gap: 12px;
  }
  .carousel-head p {
    margin: 0;
  }
  .carousel-title {
    font-weight: 600;
  }
  .carousel-why {
    font-size: 13px;
    color: var(--_muted);
  }
  .arrows {
    display: flex;
    gap: 4px;
    margin-inline-start: auto;
  }
  .arrow {
    width: 32px;
    height: 32px;
    border: 1px solid var(--_border);
    background: var(--_surface);
  }
  .arrow:hover {
    border-color: var(--_muted);
  }
  .arrow[aria-disabled='true'] {
    color: var(--_muted);
    opacity: 0.5;
    cursor: default;
  }
  .arrow.back svg,
  [dir='rtl'] .arrow.forward svg {
    transform: scaleX(-1);
  }
  [dir='rtl'] .arrow.back svg {
    transform: none;
  }
  /* A finger swipes; arrows would only take room. */
  @media (pointer: coarse) {
    .arrows {
      display: none;
    }
  }
  .track {
    list-style: none;
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(168px, 200px);
    grid-template-rows: repeat(8, auto);
    gap: 2px 12px;
    margin: 8px -16px 0;
    padding: 2px 16px 6px;
    overflow-x: auto;
    overscroll-behavior-x: contain;
    scroll-snap-type: x mandatory;
    scroll-padding-inline: 16px;
    scrollbar-width: none;
  }
  .track > li {
    min-width: 0;
    scroll-snap-align: start;
  }
  .track.single {
    display: block;
  }
  .track.more-before {
    --_before: 28px;
  }
  .track.more-after {
    --_after: 28px;
  }
  .track.more-before,
  .track.more-after {
    --_to: to right;
    mask-image: linear-gradient(
      var(--_to),
      transparent,
      #000 var(--_before, 0px) calc(100% - var(--_after, 0px)),
      transparent
    );
  }
  [dir='rtl'] .track {
    --_to: to left;
  }
  @media (prefers-reduced-motion: no-preference) {
    .track {
      scroll-behavior: smooth;
    }
  }
`;
