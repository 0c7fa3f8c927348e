/** In which languages the interface speaks. */
export type UiLanguage = 'en' | 'vi';
