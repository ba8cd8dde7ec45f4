/** The shape of bokmål's texts with any words in them: what another language must satisfy. */
export type Words<T> = T extends string ? string : { readonly [K in keyof T]: Words<T[K]> };
