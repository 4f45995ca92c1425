package io.sluice.formats.framing;

import java.io.IOException;
import java.util.Arrays;

/** The records of a stream of text, one at a time; what is said holds until the next one. */
public interface Framing {
  /** Goes to the next record; false at the end. */
  boolean next() throws IOException;

  /** The number of this record, counted from 0. */
  long ordinal();

  /** The line that it starts at, counted from 1. */
  long line();

  /** Where it starts in the stream. */
  long byteOffset();

  /** What is wrong with it as a whole. */
  Fault fault();

  /** The bytes that hold it, with others around them; not to be changed. */
  byte[] buffer();

  /** Where it starts in {@link #buffer}. */
  int start();

  /** How many bytes it has, without what separates it from the next one. */
  int length();

  /** A copy of its bytes. */
  default byte[] bytes() {
    return Arrays.copyOfRange(buffer(), start(), start() + length());
  }

  /** Why a record cannot be one, before anybody looks inside. */
  enum Fault {
    /** It can. */
    NONE,
    /** It is longer than a record may be; only its beginning is kept. */
    TOO_LONG,
    /** A quote in it is not closed, or text follows the closing one; it is taken to be one line. */
    QUOTE,
    /** It never ends; its first line is taken for it, and every further line for a record. */
    UNCLOSED
  }
}
