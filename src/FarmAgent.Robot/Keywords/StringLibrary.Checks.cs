using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Checks of type and case.</content>
internal sealed partial class StringLibrary
{
    private const string Item = "item: object, msg: str | None=None";
    private const string CheckedText = $"{Subject}, msg: str | None=None";

    private static IEnumerable<KeywordDescriptor> Checks() =>
    [
        Assertion("Should Be String", Item, (_, a) => CheckItem(a, a["item"] is string, NotText(a))),
        Assertion("Should Be Unicode String", Item, (_, a) => CheckItem(a, a["item"] is string, NotText(a))),
        Assertion("Should Not Be String", Item, (_, a) => CheckItem(a, a["item"] is not string, $"{PyText.Repr(a["item"])} is a string.")),
        Assertion("Should Be Byte String", Item, (_, a) => CheckItem(a, a["item"] is byte[], $"{PyText.Repr(a["item"])} is not a byte string.")),
        Assertion("Should Be Lower Case", CheckedText, (_, a) =>
            CheckItem(a, StringKinds.IsLower(SubjectOf(a).Text), $"{PyText.Repr(a["string"])} is not lower case.")),
        Assertion("Should Be Upper Case", CheckedText, (_, a) =>
            CheckItem(a, StringKinds.IsUpper(SubjectOf(a).Text), $"{PyText.Repr(a["string"])} is not upper case.")),
        Assertion("Should Be Title Case", $"{CheckedText}, {Exclude}", (_, a) =>
            CheckItem(a, TitleCased(SubjectOf(a), a["exclude"]) == SubjectOf(a).Text, $"{PyText.Repr(a["string"])} is not title case.")),
    ];

    private static string NotText(KeywordArguments a) => $"{PyText.Repr(a["item"])} is {PyTypeNames.InMessages(a["item"])}, not a string.";

    private static void CheckItem(KeywordArguments a, bool holds, string message)
    {
        if (!holds)
        {
            throw Failure(message, a.OptionalText("msg"));
        }
    }
}
