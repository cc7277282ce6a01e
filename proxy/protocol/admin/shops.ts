/** `GET /api/admin/shops`: those that may be seen, by name. */
export interface DeskShops {
  shops: DeskShop[];
}

export interface DeskShop {
  slug: string;
  name: string;
  /** BCP 47 */
  locale: string;
}
