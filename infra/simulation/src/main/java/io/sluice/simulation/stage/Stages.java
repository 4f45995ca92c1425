package io.sluice.simulation.stage;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.sluice.aws.sqs.SqsBatchLoop;
import io.sluice.contracts.wire.BatchLandedJson;
import io.sluice.contracts.wire.GateRequestJson;
import io.sluice.contracts.wire.Manifests;
import io.sluice.core.batch.GateRequest;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.verdict.Gated;
import io.sluice.gate.Gating;
import io.sluice.simulation.World;
import io.sluice.simulation.fault.Death;
import io.sluice.simulation.queue.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The stages of a world, each behind the batch loop that its function has. */
public final class Stages {
  private final World world;
  private final Graphs graphs;

  /** Those of {@code world}. */
  public Stages(World world) {
    this.world = world;
    this.graphs = new Graphs(world);
  }

  /** Hands {@code messages} to {@code stage}; says which of them are done. */
  public List<Message> deliver(Stage stage, List<Message> messages) {
    String name = stage.name().toLowerCase(Locale.ROOT);
    Set<String> failed =
        messages.stream().map(Message::id).collect(Collectors.toCollection(java.util.TreeSet::new));
    try {
      world.faults().as(name, () -> failed.retainAll(failed(stage, name, messages)));
    } catch (Death death) {
      world.trace().add("dead: " + name);
      failed.addAll(messages.stream().map(Message::id).toList());
    }
    List<Message> done =
        messages.stream().filter(message -> !failed.contains(message.id())).toList();
    world.trace().add(name + " done " + done.stream().map(Message::id).toList());
    return done;
  }

  private Set<String> failed(Stage stage, String name, List<Message> messages) {
    SqsBatchLoop loop = new SqsBatchLoop(name);
    SQSEvent event = event(stage, messages);
    SQSBatchResponse response =
        switch (stage) {
          case LAND ->
              loop.perMessage(event, Stages::source, handler(stage, graphs.landing()::land));
          case CURATE -> loop.perGroup(event, this::batch, handler(stage, this::curate));
          case GATE -> loop.perMessage(event, this::request, handler(stage, this::gate));
        };
    return response.getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .collect(Collectors.toSet());
  }

  private <M> Consumer<M> handler(Stage stage, Consumer<M> handler) {
    return world.wiring().handler(stage, message -> told(handler, message));
  }

  /** The batch loop tells its log alone why something failed. */
  private <M> void told(Consumer<M> handler, M message) {
    try {
      handler.accept(message);
    } catch (RuntimeException e) {
      world.trace().add(world.trace().named("failed: " + e));
      throw e;
    }
  }

  private static SQSEvent event(Stage stage, List<Message> messages) {
    List<SQSMessage> records = new ArrayList<>();
    for (Message message : messages) {
      SQSMessage each = new SQSMessage();
      each.setMessageId(message.id());
      each.setBody(message.body());
      each.setAttributes(stage == Stage.LAND ? Map.of() : Map.of("MessageGroupId", "feed"));
      records.add(each);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(records);
    return event;
  }

  private static SourceObject source(String body) {
    String[] parts = body.split(" ", 2);
    return new SourceObject(new ObjectName("landing", parts[0]), parts[1]);
  }

  private LandedBatch batch(String body) {
    return world
        .wiring()
        .batch(new Manifests(graphs.store(Stage.CURATE)).confirm(BatchLandedJson.read(body)));
  }

  private void curate(List<LandedBatch> batches) {
    graphs
        .curation()
        .curate(batches)
        .forEach(verdict -> world.trace().add(world.trace().named("curate: " + verdict)));
  }

  private GateRequest request(String body) {
    return world.wiring().request(GateRequestJson.read(body));
  }

  private void gate(GateRequest request) {
    Gating gating = graphs.gating();
    Gated verdict =
        switch (request) {
          case SnapshotAudited audited -> gating.gate(audited.snapshot());
          case GateRequest.Resume resume -> gating.resume(resume);
          case GateRequest.Settle settle -> gating.settle(settle);
        };
    world.trace().add(world.trace().named("gate: " + verdict.getClass().getSimpleName()));
  }
}
