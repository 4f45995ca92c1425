package io.sluice.simulation.queue;

/** One message, and how often it was received. */
public final class Message {
  private final String id;
  private final String body;
  private int receives;
  private int invisible;
  private boolean inFlight;

  Message(String id, String body) {
    this.id = id;
    this.body = body;
  }

  /** Who it is. */
  public String id() {
    return id;
  }

  /** What it says. */
  public String body() {
    return body;
  }

  int receives() {
    return receives;
  }

  boolean isInvisible() {
    return invisible > 0;
  }

  boolean isInFlight() {
    return inFlight;
  }

  void hide(int ticks) {
    invisible = ticks;
  }

  void tick() {
    invisible = Math.max(0, invisible - 1);
  }

  void receive() {
    receives++;
    inFlight = true;
  }

  void comeBack() {
    inFlight = false;
  }

  void begin() {
    receives = 0;
    inFlight = false;
    invisible = 0;
  }
}
