import type { SourceValue } from "../text/source-value.ts";
import type { NumberedValues } from "./numbered-values.ts";
import type { ObjectType } from "./object-type.ts";

/** One value of an attribute, as it stands in the export. */
export interface AttributeValue extends SourceValue {
  /** The attribute description it is written with: attribute type and options. */
  readonly description: string;
  /** The export has it in another form than its text, such as base64: to have the text costs something. */
  readonly isEncoded: boolean;
  /** The export shows it in words of its own, so that the directory's value is not known: no change of it can be written. */
  readonly isRendered?: boolean;
}

/** An object of the directory, as an export of any format shows it. Spans of its values count from the entry's start. */
export interface Entry {
  readonly dn: SourceValue;
  /** The same object as long as the same text is read: what is known of the entry can be remembered under it. */
  readonly identity?: object;
  /** What tells it from other objects, where the export has no DN of it. */
  readonly objectKey?: string | undefined;
  /** The export is one of the cloud, or of a few values: that it has not all attributes is its nature, and not worth telling. */
  readonly isExtract?: boolean;
  /** It shows some values of an object, and says nothing of others: rules about the entry as a whole have nothing to look at. */
  readonly isPartial?: boolean;
  readonly objectType: ObjectType;
  /** The values as a scanner numbers them, where one has read the entry. */
  readonly numbered?: NumberedValues | undefined;
  /** Why nothing that rules find in it is to be reported, where the export itself says so. */
  readonly acceptedBecause?: string | undefined;
  /** The values of an attribute type (any case), options aside, in their order; none where the entry has no such attribute. */
  values(type: string): readonly AttributeValue[];
  /** The attribute types that the entry carries, in lower case. */
  attributeTypes(): Iterable<string>;
}
