package mlops.cli;

import mlops.cli.session.EnumOptionConverter;

/** The stages of the guide, in its order. */
enum JourneyStage {
  BOOTSTRAP,
  TRAIN,
  PROMOTE_TEST,
  SCORE_TEST,
  PROMOTE_PROD,
  SCORE_PROD,
  COMPARE,
  REPORT;

  /** As users write it: {@code promote-test}. */
  @Override
  public String toString() {
    return EnumOptionConverter.word(this);
  }
}
