import type { welcome as nb } from "../nb/welcome";
import type { Words } from "../words";

export const welcome = {
  title: "Welcome. What would you like to do?",
  lead: "This app helps your organisation start using Maskinporten – without you having to know OAuth.",
  practice: {
    title: "Practise first",
    text: "Try every step with a built-in version of Maskinporten. You need no certificate, agreements or network, and nothing can go wrong.",
    button: "Start practice",
  },
  setup: {
    title: "Set up an integration",
    text: "Get help the whole way: order access, import the certificate, create a client and get the first token.",
    button: "Begin setup",
  },
  token: {
    title: "Get a token with what I have",
    text: "If you already have a certificate and a client ID, enter both and get a token with one click.",
    button: "Go to Get token",
  },
  foot: "The certificates are kept sealed on your computer, and the key to the seal is in the keychain. Nothing is sent to us. The app is made independently of Digdir.",
} satisfies Words<typeof nb>;
