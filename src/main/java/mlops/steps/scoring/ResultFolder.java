package mlops.steps.scoring;

import mlops.azure.ml.DatastoreUri;

/**
 * The folder for the results of a scoring.
 *
 * @param perScoring whether each scoring writes to a folder of its own below it: a batch deployment
 *     does not write over what is there
 */
record ResultFolder(DatastoreUri place, boolean perScoring) {
  private static final int SHORT = 8;

  /** Where an attempt writes. */
  DatastoreUri of(String attempt) {
    return perScoring ? place.resolve(attempt.substring(0, SHORT)) : place;
  }
}
