package io.sluice.local.cloud.template;

/** What a reference to a resource of the template means where the template runs. */
@FunctionalInterface
public interface Attributes {
  /** The attribute that {@code !Ref} stands for: the URL of a queue, the name of a bucket. */
  String REF = "Ref";

  /** The value of {@code attribute} ({@link #REF}, {@code Arn}, …) of the resource {@code id}. */
  String of(String id, String attribute);
}
