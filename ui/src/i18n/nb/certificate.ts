export const certificate = { title: "Sertifikater og nøkler" } as const;
