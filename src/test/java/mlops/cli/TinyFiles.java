package mlops.cli;

/** A pipeline and a scoring script that run in no time and need no packages. */
final class TinyFiles {
  static final String PIPELINE =
      """
      $schema: https://azuremlschemas.azureedge.net/latest/pipelineJob.schema.json
      type: pipeline
      experiment_name: tiny
      settings:
        default_datastore: azureml:workspaceblobstore
        default_compute: azureml:mlopsdemo-cluster-dev
      inputs:
        factor: 2
        r2: 0.9
        r2_min: none
      outputs:
        deploy_flag:
          type: uri_folder
        registered_model:
          type: custom_model
          name: taxi-model-mlops-demo
      jobs:
        judge:
          type: command
          code: ./src
          command: python judge.py ${{inputs.r2}} ${{inputs.r2_min}} ${{outputs.deploy_flag}}
          environment: azureml:taxi-train-env-demo-mlops@latest
          inputs:
            r2: ${{parent.inputs.r2}}
            r2_min: ${{parent.inputs.r2_min}}
          outputs:
            deploy_flag: ${{parent.outputs.deploy_flag}}
        register:
          type: command
          code: ./src
          command: >-
            python register.py ${{inputs.flag}} ${{inputs.factor}} ${{outputs.registered_model}}
          environment: azureml:taxi-train-env-demo-mlops@latest
          inputs:
            flag: ${{parent.jobs.judge.outputs.deploy_flag}}
            factor: ${{parent.inputs.factor}}
          outputs:
            registered_model: ${{parent.outputs.registered_model}}
      """;

  static final String JUDGE =
      """
      import json, os, sys
      r2, least, folder = sys.argv[1:]
      good = least == "none" or float(r2) >= float(least)
      flag = {"verdict": "yes" if good else "no",
              "sentence": f"r2 {r2} {'reaches' if good else 'is below'} {least}",
              "candidate": {"r2": float(r2)}, "champion": {}}
      with open(os.path.join(folder, "deploy_flag.json"), "w") as file:
          json.dump(flag, file)
      """;

  static final String REGISTER =
      """
      import json, os, sys
      flag, factor, folder = sys.argv[1:]
      with open(os.path.join(flag, "deploy_flag.json")) as file:
          verdict = json.load(file)
      if verdict["verdict"] != "yes":
          sys.exit("the gate said no: " + verdict["sentence"])
      with open(os.path.join(folder, "factor.txt"), "w") as file:
          file.write(factor)
      """;

  static final String SCORE =
      """
      import os
      def init():
          global factor
          for folder, _, names in os.walk(os.environ["AZUREML_MODEL_DIR"]):
              if "factor.txt" in names:
                  factor = float(open(os.path.join(folder, "factor.txt")).read())
      def run(mini_batch):
          return [f"{os.path.basename(name)} {row} {factor * float(line)}"
                  for name in mini_batch
                  for row, line in enumerate(open(name), 1)]
      """;

  private TinyFiles() {}
}
