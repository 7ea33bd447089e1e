import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Checks files against PDF/A-3a and PDF/UA-1 with veraPDF: java -cp JAR VeraCheck.java FILE...
 * One line for each file and profile, "PASS 3a FILE" or "FAIL 3a FILE clause message; ...". Exit code 0 if all pass.
 */
public class VeraCheck {
    private static final Map<String, String> PROFILES = Map.of("3a", "PDFA-3A", "ua1", "PDFUA-1");
    private static final int MOST_FAILURES = 100;

    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        Map<String, ValidationProfile> profiles = new LinkedHashMap<>();
        for (String name : List.of("3a", "ua1")) profiles.put(name, read(name));
        boolean all = true;
        for (String file : files)
            for (Map.Entry<String, ValidationProfile> profile : profiles.entrySet())
                all &= check(file, profile.getKey(), profile.getValue());
        System.exit(all ? 0 : 1);
    }

    private static boolean check(String file, String name, ValidationProfile profile) {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour)) {
            PDFAValidator validator =
                    Foundries.defaultInstance().createValidator(profile, MOST_FAILURES, false, true, false);
            ValidationResult result = validator.validate(parser);
            System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + name + " " + file + failures(result));
            return result.isCompliant();
        } catch (Exception error) {
            System.out.println("FAIL " + name + " " + file + " " + error);
            return false;
        }
    }

    private static String failures(ValidationResult result) {
        Set<String> found = new LinkedHashSet<>();
        for (TestAssertion assertion : result.getTestAssertions())
            if (assertion.getStatus() == TestAssertion.Status.FAILED)
                found.add(" " + assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber() + " "
                        + assertion.getMessage().replaceAll("\\s+", " "));
        return String.join(";", found);
    }

    /** The jar holds the profiles as XML but nothing that reads them: the JDK's own parser does. */
    private static ValidationProfile read(String name) throws Exception {
        Element root;
        String place = "org/verapdf/pdfa/validation/" + PROFILES.get(name) + ".xml";
        try (InputStream in = VeraCheck.class.getClassLoader().getResourceAsStream(place)) {
            root = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(in).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : all(root, "rule")) rules.add(rule(rule));
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element one : all(root, "variable"))
            variables.add(Profiles.variableFromValues(
                    one.getAttribute("name"), one.getAttribute("object"), text(one, "defaultValue"), text(one, "value")));
        return Profiles.profileFromValues(
                PDFAFlavour.valueOf(root.getAttribute("flavour")),
                Profiles.profileDetailsFromValues(name, name, "", new Date(0)), "", rules, variables);
    }

    private static Rule rule(Element rule) {
        Element id = child(rule, "id");
        Element error = child(rule, "error");
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : all(error, "argument"))
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), null, null));
        RuleId ruleId = Profiles.ruleIdFromValues(
                PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"),
                Integer.parseInt(id.getAttribute("testNumber")));
        Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
        return Profiles.ruleFromValues(
                ruleId, rule.getAttribute("object"), deferred, rule.getAttribute("tags"), text(rule, "description"),
                text(rule, "test"), Profiles.errorFromValues(text(error, "message"), arguments), new ArrayList<>());
    }

    private static List<Element> all(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) found.add((Element) nodes.item(i));
        return found;
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling())
            if (node instanceof Element && node.getNodeName().equals(name)) return (Element) node;
        return null;
    }

    private static String text(Element parent, String name) {
        Element found = child(parent, name);
        return found == null ? "" : found.getTextContent();
    }
}
