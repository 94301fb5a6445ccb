package mlops.cli;

import mlops.profile.Profile;

/** The environments that a model is put to work in. */
enum TargetOption {
  TEST,
  PROD;

  Profile.Target of(Profile profile) {
    return this == TEST ? profile.test() : profile.prod();
  }
}
