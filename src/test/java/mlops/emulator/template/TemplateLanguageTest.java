package mlops.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a template can say beside functions: loops, conditions, types, symbolic names. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class TemplateLanguageTest {
  private static final String IDENTITY =
      "type:'Microsoft.ManagedIdentity/userAssignedIdentities',apiVersion:'2023-01-31',location:'eastus2'";

  @TempDir Path folder;
  private TemplateRig rig;

  @BeforeEach
  void open() {
    rig = new TemplateRig(folder);
  }

  @Test
  void loops_make_variables_properties_and_outputs() {
    JsonNode outputs =
        rig.outputs(
            "loops",
            TemplateRig.template(
                """
                {variables: {
                   copy: [{name: 'names', count: 2, input: "[concat('n', copyIndex('names', 1))]"}],
                   nested: {copy: [{name: 'inner', count: 2, input: {i: "[copyIndex('inner')]"}}], other: 1}},
                 outputs: {
                   names: {type: 'array', value: "[variables('names')]"},
                   nested: {type: 'object', value: "[variables('nested')]"},
                   loop: {type: 'array', copy: {count: 3, input: "[copyIndex(1)]"}},
                   none: {type: 'array', copy: {count: 0, input: "[copyIndex()]"}}}}"""));
    assertEquals("[\"n1\",\"n2\"]", outputs.at("/names/value").toString());
    assertEquals(
        "{\"inner\":[{\"i\":0},{\"i\":1}],\"other\":1}", outputs.at("/nested/value").toString());
    assertEquals("[1,2,3]", outputs.at("/loop/value").toString());
    assertEquals("[]", outputs.at("/none/value").toString());
  }

  @Test
  void what_is_not_built_of_a_resource_is_refused_before_anything_is_made() {
    ObjectNode template =
        TemplateRig.template(
            """
            {parameters: {online: {type: 'string', defaultValue: ''}},
             resources: [{IDENTITY, name: 'id-made'},
              {type: 'Microsoft.MachineLearningServices/workspaces', apiVersion: '2023-08-01-preview',
               name: 'ws1', location: 'eastus2', properties: {managedNetwork: {isolationMode: 'AllowInternetOutbound'}}},
              {IDENTITY, name: 'id-after', dependsOn: [
               "[resourceId('Microsoft.MachineLearningServices/workspaces/connections', 'ws1', parameters('online'))]"]}]}"""
                .replace("IDENTITY", IDENTITY));
    Answer refused = rig.deploy("closed", template);
    assertEquals(501, refused.status(), () -> refused.json().toString());
    String why = refused.text("/error/message");
    assertTrue(why.contains("/workspaces/ws1: ") && why.contains("managedNetwork"), why);
    assertEquals(
        404,
        rig.send(
                "GET",
                TemplateRig.GROUP
                    + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-made",
                "")
            .status());
    ((ArrayNode) template.path("resources")).remove(1);
    assertEquals(201, rig.deploy("others", template).status());
    assertEquals("Succeeded", rig.state("others").at("/properties/provisioningState").asText());
  }

  @Test
  void symbolic_names_stand_for_resources_loops_and_what_exists() {
    rig.outputs(
        "first",
        TemplateRig.template("{resources:[{" + IDENTITY + ",name:'id-there',tags:{is:'there'}}]}"));
    String loop =
        "{" + IDENTITY + ",name:\"[format('id-{0}',copyIndex())]\",copy:{name:'all',count:2}}";
    JsonNode outputs =
        rig.outputs(
            "symbols",
            TemplateRig.template(
                "{languageVersion:'2.0',resources:{many:"
                    + loop
                    + ",after:{"
                    + IDENTITY
                    + ",name:'id-after',dependsOn:['many','there'],tags:{of:\"[reference('many[1]','2023-01-31','full').name]\"}}"
                    + ",there:{existing:true,"
                    + IDENTITY.replace(",location:'eastus2'", "")
                    + ",name:'id-there'}},"
                    + """
                    outputs:{
                      count:{type:'int',value:"[length(references('many'))]"},
                      second:{type:'string',value:"[references('many','full')[1].name]"},
                      there:{type:'object',value:"[reference('there','2023-01-31','full').tags]"},
                      after:{type:'object',value:"[reference('after','2023-01-31','full').tags]"},
                      info:{type:'string',value:"[resourceInfo('after').name]"}}}"""));
    assertEquals(2, outputs.at("/count/value").asInt());
    assertEquals("id-1", outputs.at("/second/value").asText());
    assertEquals("there", outputs.at("/there/value/is").asText());
    assertEquals("id-1", outputs.at("/after/value/of").asText());
    assertEquals("id-after", outputs.at("/info/value").asText());
    JsonNode made = rig.state("symbols").at("/properties/outputResources");
    assertEquals(3, made.size(), "what exists is not made: " + made);
  }

  @Test
  void a_template_has_functions_of_its_own() {
    String functions =
        """
        functions:[{namespace:'my',members:{
          up:{parameters:[{name:'a',type:'string'}],output:{type:'string',value:"[toUpper(parameters('A'))]"}},
          twice:{parameters:[{name:'a',type:'string'}],output:{type:'string',value:"[concat(my.up(parameters('a')),my.up(parameters('a')))]"}},
          bad:{parameters:[],output:{type:'string',value:"[variables('v')]"}},
          wrong:{parameters:[],output:{type:'string',value:1}},
          forever:{parameters:[],output:{type:'string',value:"[my.forever()]"}}}}],
        parameters:{a:{type:'string',defaultValue:'outer'}},variables:{v:'x'}""";
    JsonNode outputs =
        rig.outputs(
            "own",
            TemplateRig.template(
                "{" + functions + ",outputs:{o:{type:'string',value:\"[MY.twice('x')]\"}}}"));
    assertEquals("XX", outputs.at("/o/value").asText());
    for (String call :
        new String[] {
          "my.bad()", "my.wrong()", "my.forever()", "my.up(1)", "my.up()", "your.up('x')"
        }) {
      Answer answer =
          rig.deploy(
              "refused",
              TemplateRig.template(
                  "{" + functions + ",outputs:{o:{type:'string',value:\"[" + call + "]\"}}}"));
      JsonNode error =
          answer.status() < 400 ? rig.state("refused").at("/properties/error") : answer.json();
      assertTrue(error.toString().contains("InvalidTemplate"), () -> call + ": " + error);
    }
  }

  @Test
  void null_counts_as_not_given() {
    ObjectNode parameters = Json.object();
    parameters.putObject("a").putNull("value");
    parameters.putObject("b").putNull("value");
    JsonNode outputs =
        rig.outputs(
            "nulls",
            TemplateRig.template(
                """
                {languageVersion:'2.0',
                 parameters:{a:{type:'string',defaultValue:'default'},b:{type:'string',nullable:true}},
                 resources:{id:{TYPE,name:'id-null',condition:null,dependsOn:null,copy:null,scope:null,tags:"[if(true(),null(),createObject('a','b'))]",properties:null}},
                 outputs:{
                   a:{type:'string',value:"[parameters('a')]"},
                   b:{type:'bool',value:"[equals(parameters('b'),null())]"},
                   c:{type:'string',nullable:true,value:"[null()]"},
                   d:{type:'string',condition:null,value:'d'}}}"""
                    .replace("TYPE", IDENTITY)),
            parameters);
    assertEquals("default", outputs.at("/a/value").asText());
    assertTrue(outputs.at("/b/value").asBoolean());
    assertTrue(outputs.at("/c").isObject() && outputs.at("/c/value").isMissingNode());
    assertEquals("d", outputs.at("/d/value").asText());
    String id =
        TemplateRig.GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-null";
    Answer made = rig.cloud().send("GET", EmbeddedCloud.ARM + id + "?api-version=2023-01-31", "");
    assertEquals("{}", made.json().path("tags").toString());
  }

  @Test
  void what_a_condition_leaves_out_is_not_evaluated() {
    JsonNode outputs =
        rig.outputs(
            "left-out",
            TemplateRig.template(
                """
                {resources:[
                   {TYPE,name:"[createArray()[0]]",condition:false},
                   {TYPE,name:'id-never',condition:"[not(true())]",tags:{x:"[fail('never')]"}},
                   {TYPE,name:'id-yes',condition:"[equals(1,1)]",dependsOn:['id-never','none']},
                   {TYPE,name:"[format('id-{0}',copyIndex())]",copy:{name:'none',count:0}}],
                 outputs:{
                   no:{type:'string',condition:false,value:"[fail('never')]"},
                   lazy:{type:'string',value:"[if(false(),reference('nobody').x,'lazy')]"}}}"""
                    .replace("TYPE", IDENTITY)));
    assertEquals("{\"lazy\":{\"type\":\"String\",\"value\":\"lazy\"}}", outputs.toString());
    assertEquals(1, rig.state("left-out").at("/properties/outputResources").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{type:'string',allowedValues:['x','y']}|'z'|not part of the allowed",
        "{type:'array',allowedValues:['x','y']}|['x','z']|not part of the allowed",
        "{type:'string',minLength:3}|'ab'|greater than or equal to '3'",
        "{type:'array',maxLength:1}|[1,2]|less than or equal to '1'",
        "{type:'int',minValue:1,maxValue:12}|13|not between 1 and 12",
        "{type:'int'}|'1'|Expected 'int'",
        "{type:'bool'}|'true'|Expected 'bool'",
        "{type:'integer'}|1|not supported",
        "{'$ref':'#/definitions/nobody'}|1|does not resolve",
        "{'$ref':'#/definitions/natural'}|0|not between 1 and any",
        "{'$ref':'#/definitions/pair'}|[1,'x']|Expected 'bool'",
        "{'$ref':'#/definitions/pair'}|[1]|1 elements",
        "{'$ref':'#/definitions/closed'}|{foo:'abc',more:1}|'more' is not permitted",
        "{'$ref':'#/definitions/closed'}|{}|'foo' is required",
        "{'$ref':'#/definitions/union'}|{type:'ints',fizz:'buzz'}|Expected 'int'",
        "{'$ref':'#/definitions/union'}|{type:'other'}|none of its kinds",
      })
  void a_value_that_a_type_does_not_allow_is_refused(String type, String value, String why) {
    Answer answer = typed(type, value);
    assertEquals("InvalidTemplate", answer.code(), () -> answer.json().toString());
    assertTrue(answer.json().toString().contains(why), () -> answer.json().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{type:'array',allowedValues:['x','y']}|['y']",
        "{'$ref':'#/definitions/natural'}|7",
        "{'$ref':'#/definitions/pair'}|[1,true,2]",
        "{'$ref':'#/definitions/closed'}|{foo:'abc'}",
        "{'$ref':'#/definitions/union'}|{type:'ints',foo:1,bar:2}",
        "{'$ref':'#/definitions/union'}|{type:'strings',fizz:'buzz'}",
      })
  void a_value_that_a_type_allows_is_taken(String type, String value) {
    Answer answer = typed(type, value);
    assertEquals(201, answer.status(), () -> answer.json().toString());
  }

  private Answer typed(String type, String value) {
    ObjectNode parameters = Json.object();
    parameters.putObject("p").set("value", TemplateRig.template("{v:" + value + "}").get("v"));
    return rig.deploy(
        "typed",
        TemplateRig.template(
            """
            {languageVersion:'2.0',resources:{},parameters:{p:TYPE},definitions:{
               natural:{type:'int',minValue:1},
               pair:{type:'array',prefixItems:[{type:'int'},{type:'bool'}],items:{type:'int'}},
               closed:{type:'object',properties:{foo:{type:'string',minLength:3},bar:{type:'int',nullable:true}},additionalProperties:false},
               union:{type:'object',discriminator:{propertyName:'type',mapping:{
                 ints:{type:'object',additionalProperties:{type:'int'}},
                 strings:{type:'object',additionalProperties:{type:'string'}}}}}}}"""
                .replace("TYPE", type)),
        parameters);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{colour:'red'}|400|Could not find member 'colour'",
        "{resources:[{TYPE,name:'x',dependson:[],colour:'red'}]}|400|Could not find member 'colour'",
        "{contentVersion:null}|400|Required property 'contentVersion'",
        "{languageVersion:'9.9'}|501|9.9",
        "{imports:{}}|501|imports",
        "{resources:[{TYPE,name:'x','@options':{}}]}|501|@options",
        "{resources:[{TYPE,name:'x',dependsOn:['nobody']}]}|400|'nobody' is not defined",
        "{resources:[{TYPE,name:\"[reference('x').y]\"}]}|400|not expected at this location",
        "{variables:{v:\"[listKeys('x','1')]\"},outputs:{o:{type:'string',value:\"[variables('v')]\"}},resources:[{TYPE,name:\"[variables('v')]\"}]}|400|not expected at this location",
        "{outputs:{o:{type:'string',value:\"[frobnicate('x')]\"}}}|400|'frobnicate' is not valid",
      })
  void what_a_template_may_not_say_is_refused_by_name(String template, int status, String why) {
    Answer answer = rig.deploy("bad", TemplateRig.template(template.replace("TYPE", IDENTITY)));
    assertEquals(status, answer.status(), () -> answer.json().toString());
    assertTrue(answer.json().toString().contains(why), () -> answer.json().toString());
  }

  @Test
  void outputs_are_of_their_types_and_secrets_are_not_shown() {
    ObjectNode template =
        TemplateRig.template(
            """
            {metadata:{description:'[not an expression]'},
             Parameters:{vmSize:{Type:'string',type:'String',defaultValue:'s'},pass:{type:'secureString',defaultValue:'hidden'}},
             outputs:{VmSize:{type:'string',value:"[parameters('VMSIZE')]"},pass:{type:'securestring',value:"[parameters('pass')]"}}}""");
    JsonNode outputs = rig.outputs("types", template);
    assertEquals("String", outputs.at("/VmSize/type").asText());
    assertEquals("{\"type\":\"SecureString\"}", outputs.at("/pass").toString());
    JsonNode state = rig.state("types");
    assertTrue(state.at("/properties/parameters").has("vmSize"), state::toString);
    assertTrue(!state.toString().contains("hidden"), state::toString);
    ObjectNode wrong = TemplateRig.template("{outputs:{o:{type:'string',value:1}}}");
    assertEquals(201, rig.deploy("wrong", wrong).status());
    assertEquals("Failed", rig.state("wrong").at("/properties/provisioningState").asText());
    assertTrue(rig.state("wrong").toString().contains("Actual 'Integer'"));
  }

  @Test
  void a_nested_template_with_its_own_scope_has_its_own_functions_and_parameters() {
    JsonNode outputs =
        rig.outputs(
            "outer",
            TemplateRig.template(
                """
                {parameters:{who:{type:'string',defaultValue:'outer'}},
                 resources:[{type:'Microsoft.Resources/deployments',apiVersion:'2022-09-01',name:'inner',
                   properties:{mode:'Incremental',expressionEvaluationOptions:{scope:'Inner'},
                     parameters:{who:{value:"[concat(parameters('who'),'!')]"},none:{value:"[null()]"}},
                     template:{'$schema':'s',contentVersion:'1.0.0.0',resources:[],
                       functions:[{namespace:'my',members:{up:{parameters:[{name:'a',type:'string'}],output:{type:'string',value:"[toUpper(parameters('a'))]"}}}}],
                       parameters:{who:{type:'string'},none:{type:'string',defaultValue:'filled'}},
                       outputs:{who:{type:'string',value:"[my.up(parameters('who'))]"},none:{type:'string',value:"[parameters('none')]"},name:{type:'string',value:"[deployment().name]"}}}}}],
                 outputs:{who:{type:'string',value:"[reference('inner').outputs.who.value]"},none:{type:'string',value:"[reference('inner').outputs.none.value]"},name:{type:'string',value:"[reference('inner').outputs.name.value]"}}}"""));
    assertEquals("OUTER!", outputs.at("/who/value").asText());
    assertEquals("filled", outputs.at("/none/value").asText());
    assertEquals("inner", outputs.at("/name/value").asText());
  }

  @Test
  void the_location_of_a_subscription_deployment_is_known_to_its_template() {
    ObjectNode template =
        TemplateRig.template(
            "{parameters:{l:{type:'string',defaultValue:'[deployment().location]'}},outputs:{l:{type:'string',value:\"[parameters('l')]\"}}}");
    String id = EmbeddedCloud.SUBSCRIPTION + "/providers/Microsoft.Resources/deployments/where";
    ObjectNode body = Json.object().put("location", "westeurope");
    body.putObject("properties").put("mode", "Incremental").set("template", template);
    assertEquals(201, rig.send("PUT", id, body.toString()).status());
    assertEquals("westeurope", rig.send("GET", id, "").text("/properties/outputs/l/value"));
  }

  @Test
  void a_secret_of_a_key_vault_as_a_parameter_is_not_built() {
    ObjectNode parameters = Json.object();
    parameters.putObject("p").putObject("reference").put("secretName", "s");
    Answer answer =
        rig.deploy(
            "vault", TemplateRig.template("{parameters:{p:{type:'securestring'}}}"), parameters);
    assertEquals(501, answer.status());
    assertTrue(answer.json().toString().contains("'p'"));
  }

  /** The Azure CLI splices the file of a template into its request as it is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"properties\": {\"mode\": \"Incremental\", template:TEMPLATE}}",
        "{\"properties\": {\"mode\": \"Incremental\", // why\n 'template': TEMPLATE /* done */,},}",
        "\uFEFF{\"properties\": {\"mode\": \"incremental\", \"template\": TEMPLATE}}",
      })
  void a_request_is_read_as_Azure_reads_it(String body) {
    String template =
        "{\n  // comment\n  \"$schema\": \"s\", \"contentVersion\": \"1.0.0.0\",\n  \"resources\": [],\n  'outputs': {\"o\": {\"type\": \"string\", \"value\": \"[concat('two\n', 'lines')]\",},}\n}";
    String id = TemplateRig.GROUP + "/providers/Microsoft.Resources/deployments/loose";
    Answer answer = rig.send("PUT", id, body.replace("TEMPLATE", template));
    assertEquals(201, answer.status(), () -> answer.json().toString());
    assertEquals("two\nlines", rig.send("GET", id, "").text("/properties/outputs/o/value"));
  }
}
