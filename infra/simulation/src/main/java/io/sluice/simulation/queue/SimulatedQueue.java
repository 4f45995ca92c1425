package io.sluice.simulation.queue;

import java.util.ArrayList;
import java.util.List;

/**
 * A queue of one group. FIFO queues hand out the oldest messages and none past one that is
 * invisible; others hand out any. A message that was received too often goes to the dead letters.
 */
public final class SimulatedQueue {
  /** As in the template: {@code maxReceiveCount}. */
  private static final int MOST_RECEIVES = 5;

  private final String name;
  private final boolean isFifo;
  private final List<Message> messages = new ArrayList<>();
  private final List<Message> dead = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();

  /** An empty queue. */
  public SimulatedQueue(String name, boolean isFifo) {
    this.name = name;
    this.isFifo = isFifo;
  }

  /** Takes a message, which nobody sees for so many ticks. */
  public void send(String body, int delay) {
    bodies.add(body);
    Message message = new Message(name + "-" + bodies.size(), body);
    message.hide(delay);
    messages.add(message);
  }

  /** Every message that was sent, oldest first, whatever became of it. */
  public List<String> bodies() {
    return List.copyOf(bodies);
  }

  /** Time passes. */
  public void tick() {
    messages.forEach(Message::tick);
  }

  /** Whether nothing is in it, the dead letters aside. */
  public boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Whether somebody could receive something. */
  public boolean isReady() {
    return !candidates(false).isEmpty();
  }

  /**
   * Hands out messages.
   *
   * @param from where to begin, where the order does not count
   * @param again whether those that somebody has in hand come again: his time is over
   */
  public List<Message> receive(int most, int from, boolean again) {
    List<Message> received = new ArrayList<>();
    List<Message> candidates = candidates(again);
    int start = isFifo || candidates.isEmpty() ? 0 : from % candidates.size();
    for (Message each : candidates.subList(start, candidates.size())) {
      if (each.receives() >= MOST_RECEIVES && !each.isInFlight()) {
        messages.remove(each);
        dead.add(each);
      } else if (received.size() < most) {
        each.receive();
        received.add(each);
      }
    }
    return received;
  }

  private List<Message> candidates(boolean again) {
    List<Message> candidates = new ArrayList<>();
    for (Message each : messages) {
      if (!each.isInvisible() && (again || !each.isInFlight())) {
        candidates.add(each);
      } else if (isFifo) {
        break;
      }
    }
    return candidates;
  }

  /** Forgets messages that are done. */
  public void delete(List<Message> done) {
    messages.removeAll(done);
  }

  /** Messages that are not done come again after so many ticks. */
  public void comeBack(List<Message> failed, int ticks) {
    for (Message each : failed) {
      each.comeBack();
      each.hide(ticks);
    }
  }

  /** Puts the dead letters back; says how many. */
  public int redrive() {
    int count = dead.size();
    dead.forEach(Message::begin);
    messages.addAll(dead);
    dead.clear();
    return count;
  }

  /** The letters that are dead. */
  public List<Message> dead() {
    return List.copyOf(dead);
  }
}
