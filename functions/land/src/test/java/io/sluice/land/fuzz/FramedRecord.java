package io.sluice.land.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.framing.Frame;
import io.sluice.contracts.framing.Framing;
import java.nio.ByteBuffer;

/** A record is taken out of its frame, or the frame is broken; its bytes stay as they are. */
final class FramedRecord implements FuzzTarget {
  private static final int MOST_BYTES = 10_000;

  @Override
  public void take(byte[] input) {
    for (Framing framing : Framing.values()) {
      ByteBuffer record = ByteBuffer.wrap(input.clone());
      Frame frame = framing.read(record, MOST_BYTES);
      assertThat(framing.read(record, MOST_BYTES)).isEqualTo(frame);
      assertThat(record).isEqualTo(ByteBuffer.wrap(input));
      if (frame instanceof Frame.Framed framed) {
        assertThat(framed.payload().remaining())
            .isLessThanOrEqualTo(Math.max(MOST_BYTES, input.length));
        assertThat(framed.schema().text()).isNotEmpty();
      }
    }
  }
}
