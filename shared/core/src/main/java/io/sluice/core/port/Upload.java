package io.sluice.core.port;

import java.io.OutputStream;

/**
 * An object on its way into a store. {@link #complete} makes it appear; closing it without that
 * leaves nothing behind, so that an exception between the two cannot leave half an object.
 */
public abstract class Upload extends OutputStream {
  /** Makes the object appear, whole. */
  public abstract void complete();

  /** How many bytes were written so far. */
  public abstract long position();

  /** Gives up what was not completed. */
  @Override
  public abstract void close();
}
