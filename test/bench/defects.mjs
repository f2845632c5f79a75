// What goes wrong in directories: each defect is planted in a user, and what a check must find of it is known.
import { BLOCK, CONTACTS, identityOf, Random, secondaryOf, USERS, x500Of } from "./directory.mjs";

const DICE = 3;

/** Changes the first value of an attribute. */
const change = (attribute, change) => (pairs, own, other) => {
  const pair = pairs.find(([name]) => name === attribute);
  pair[1] = change(pair[1], own, other);
};

/** Puts an address behind those that the user has. */
const addAddress = (address) => (pairs, own, other) => {
  const at = pairs.findLastIndex(([name]) => name === "proxyAddresses");
  pairs.splice(at + 1, 0, ["proxyAddresses", address(own, other)]);
};

const remove = (attribute) => (pairs) => {
  pairs.splice(
    pairs.findIndex(([name]) => name === attribute),
    1,
  );
};

/** `found`: rule and attribute of what must be found in the user; `foundInOther` the same for the object whose value it has. */
const OWN_DEFECTS = [
  {
    plant: change("userPrincipalName", (upn) => upn.replace("contoso.com", "contoso.local")),
    found: [
      ["upn-domain-not-routable", "userPrincipalName"],
      ["upn-differs-from-primary-smtp", "userPrincipalName"],
    ],
  },
  {
    plant: change("userPrincipalName", (upn) => `${upn.slice(0, 1)}&${upn.slice(1)}`),
    found: [
      ["upn-invalid-characters", "userPrincipalName"],
      ["upn-differs-from-primary-smtp", "userPrincipalName"],
    ],
  },
  { plant: change("displayName", () => " "), found: [["displayname-blank", "displayName"]] },
  { plant: remove("displayName"), found: [["displayname-missing", "displayName"]] },
  {
    plant: change("proxyAddresses", (address) => address.replace("SMTP:", "smtp:")),
    found: [["proxyaddresses-no-primary", "proxyAddresses"]],
  },
  {
    plant: addAddress(({ mail }) => `SMTP:${mail.replace("@", ".new@")}`),
    found: [["proxyaddresses-multiple-primary", "proxyAddresses"]],
  },
  {
    plant: addAddress(({ alias }) => `x400:C=DE;A= ;P=Contoso;O=Exchange;S=${alias};`),
    found: [["proxyaddresses-legacy-protocol", "proxyAddresses"]],
  },
  {
    plant: change("mail", (mail) => mail.replace("@", ".old@")),
    found: [["mail-masked-by-proxyaddresses", "mail"]],
  },
  {
    plant: change("mailNickname", (alias) => `${alias}${"x".repeat(64)}`),
    found: [["mailnickname-length", "mailNickname"]],
  },
];

const DUPLICATES = [
  {
    plant: change("userPrincipalName", (_, __, { mail }) => mail),
    found: [
      ["duplicate-userprincipalname", "userPrincipalName"],
      ["upn-differs-from-primary-smtp", "userPrincipalName"],
    ],
    foundInOther: [["duplicate-userprincipalname", "userPrincipalName"]],
  },
  {
    plant: addAddress((_, other) => `smtp:${secondaryOf(other).slice("smtp:".length).toUpperCase()}`),
    found: [["duplicate-smtp-address", "proxyAddresses"]],
    foundInOther: [["duplicate-smtp-address", "proxyAddresses"]],
  },
  {
    plant: addAddress((_, other) => x500Of(other)),
    found: [["duplicate-non-smtp-proxyaddress", "proxyAddresses"]],
    foundInOther: [["duplicate-non-smtp-proxyaddress", "proxyAddresses"]],
  },
  {
    plant: change("mailNickname", (_, __, { alias }) => alias.toUpperCase()),
    found: [["duplicate-mailnickname", "mailNickname"]],
    foundInOther: [["duplicate-mailnickname", "mailNickname"]],
  },
  {
    isOfContact: true,
    plant: addAddress((_, { mail }) => `smtp:${mail}`),
    found: [["duplicate-smtp-address-across-object-types", "proxyAddresses"]],
    foundInOther: [["duplicate-smtp-address-across-object-types", "proxyAddresses"]],
  },
];

const DEFECTS = [...OWN_DEFECTS, ...DUPLICATES];

/**
 * Whose value a duplicate has: an object of a block before. Every kind of duplicate has users of its own that it takes from, at even
 * places, and defects are planted at odd ones, so that two defects never make a third.
 */
function lender(defect, index, seed, random) {
  const first = random.below(Math.floor(index / BLOCK)) * BLOCK;
  if (defect.isOfContact) return identityOf(first + CONTACTS + random.below(BLOCK - CONTACTS), seed);
  const kinds = DUPLICATES.length;
  return identityOf(
    first + 2 * (DUPLICATES.indexOf(defect) + kinds * random.below(Math.floor(USERS / 2 / kinds))),
    seed,
  );
}

/**
 * Plants a defect in `share` of all entries. Changes the pairs and answers what a check must find of it, `[]` where the entry stays sound:
 * rule, DN and attribute.
 */
export function plantDefect(pairs, identity, seed, share) {
  const { index, kind, hasMailbox, dn } = identity;
  // Only users with a mailbox at odd places have defects: that is 35 of 100 entries.
  if (kind !== "user" || index % 2 === 0 || !hasMailbox) return [];
  const random = new Random(seed, index, DICE);
  if (random.next() >= share / 0.353) return [];
  const isFirstBlock = index < BLOCK;
  const defect = random.pick(isFirstBlock ? OWN_DEFECTS : DEFECTS);
  const other = defect.foundInOther && lender(defect, index, seed, random);
  defect.plant(pairs, identity, other);
  const told = (list, dn) => list.map(([rule, attribute]) => ({ rule, dn, attribute }));
  return [...told(defect.found, dn), ...(other === undefined ? [] : told(defect.foundInOther, other.dn))];
}
