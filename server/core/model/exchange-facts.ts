/**
 * Attributes with which Exchange Server extends the schema, as far as exports for synchronization have them and its schema is known: of
 * others nothing is said. Exchange ends the names of its back links with BL. In the form of {@link SCHEMA_FACTS}.
 */
export const EXCHANGE_FACTS = `=Boolean:s: msExchHideFromAddressLists
=DN:b: altRecipientBL authOrigBL dLMemRejectPermsBL dLMemSubmitPermsBL homeMDBBL msExchCoManagedObjectsBL
msExchDelegateListBL publicDelegatesBL unauthOrigBL
=DN:f: altRecipient authOrig dLMemRejectPerms dLMemSubmitPerms msExchCoManagedByLink msExchDelegateListLink publicDelegates unauthOrig
=DN:sf: homeMDB
=Integer:s: msExchRecipientDisplayType
=LargeInteger:s: msExchRecipientTypeDetails msExchRemoteRecipientType
=OctetString:s:16..16 msExchMailboxGuid
=UnicodeString:s:1..64 mailNickname
=UnicodeString:s:1..1024 extensionAttribute1 extensionAttribute2 extensionAttribute3 extensionAttribute4
extensionAttribute5 extensionAttribute6 extensionAttribute7 extensionAttribute8 extensionAttribute9 extensionAttribute10
=UnicodeString:s:1..1123 targetAddress
=UnicodeString:s:1..2048 extensionAttribute11 extensionAttribute12 extensionAttribute13 extensionAttribute14
extensionAttribute15`;
