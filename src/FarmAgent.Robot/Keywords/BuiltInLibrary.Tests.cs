using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Parsing;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Keywords that change what results say about tests and suites.</summary>
internal sealed partial class BuiltInLibrary
{
    private const string Append = "append: bool=False, separator: str=' '";

    private const string AppendTop = "append: bool=False, top: bool=False, separator: str=' '";

    private static IEnumerable<KeywordDescriptor> TestKeywords() =>
    [
        Plain("Set Tags", "*tags: str", (context, a) => SetTags(context, [.. a.Varargs.Select(Text)])),
        Plain("Remove Tags", "*tags: str", (context, a) => RemoveTags(context, [.. a.Varargs.Select(Text)])),
        Plain("Set Test Message", $"message: str, {Append}", (context, a) =>
        {
            var suite = Scope(context).Suite;
            var test = suite.Test ?? throw Failed("'Set Test Message' keyword cannot be used in suite setup or teardown.");
            test.Message = NewText(test.Message, a, "message", html: true);
            if (suite.InTestTeardown)
            {
                suite.Variables.SetTest("${TEST_MESSAGE}", test.Message);
            }

            LogText(context, "Set test message to:\n", test.Message);
            return null;
        }),
        Plain("Set Test Documentation", $"doc: str, {Append}", (context, a) =>
        {
            var suite = Scope(context).Suite;
            var test = suite.Test ?? throw Failed("'Set Test Documentation' keyword cannot be used in suite setup or teardown.");
            test.Documentation = NewText(test.Documentation, a, "doc");
            suite.Variables.SetTest("${TEST_DOCUMENTATION}", test.Documentation);
            context.Log($"Set test documentation to:\n{test.Documentation}");
            return null;
        }),
        Plain("Set Test Metadata", $"name: str, value: str, {Append}", SetTestMetadata),
        Plain("Set Task Metadata", $"name: str, value: str, {Append}", SetTestMetadata),
        Plain("Set Suite Documentation", $"doc: str, {AppendTop}", (context, a) =>
        {
            var suite = Target(context, a);
            suite.Suite.Documentation = NewText(suite.Suite.Documentation, a, "doc");
            Variables(context).SetSuite("${SUITE_DOCUMENTATION}", suite.Suite.Documentation, top: PyTruth.Of(a["top"]));
            context.Log($"Set suite documentation to:\n{suite.Suite.Documentation}");
            return null;
        }),
        Plain("Set Suite Metadata", $"name: str, value: str, {AppendTop}", (context, a) =>
        {
            var suite = Target(context, a);
            var value = SetMetadata(suite.Suite.Metadata, a);
            Variables(context).SetSuite("${SUITE_METADATA}", SuiteContext.ToDictionary(suite.Suite.Metadata), top: PyTruth.Of(a["top"]));
            context.Log($"Set suite metadata '{a.Text("name")}' to value '{value}'.");
            return null;
        }),
    ];

    private static SuiteContext Target(IKeywordContext context, KeywordArguments a)
    {
        var suite = Scope(context).Suite;
        while (PyTruth.Of(a["top"]) && suite.Parent is { } parent)
        {
            suite = parent;
        }

        return suite;
    }

    private static object? SetTestMetadata(IKeywordContext context, KeywordArguments a)
    {
        var suite = Scope(context).Suite;
        var test = suite.Test ?? throw Failed("'Set Test Metadata' keyword cannot be used in suite setup or teardown.");
        var value = SetMetadata(test.Metadata, a);
        suite.Variables.SetTest("${TEST_METADATA}", SuiteContext.ToDictionary(test.Metadata));
        context.Log($"Set test metadata '{a.Text("name")}' to value '{value}'.");
        return null;
    }

    private static string SetMetadata(IList<KeyValuePair<string, string>> metadata, KeywordArguments a)
    {
        var name = a.Text("name");
        var normal = Robot.Variables.NormalizedNames.Normalize(name, "_");
        for (var i = 0; i < metadata.Count; i++)
        {
            if (Robot.Variables.NormalizedNames.Normalize(metadata[i].Key, "_") == normal)
            {
                metadata[i] = new(metadata[i].Key, NewText(metadata[i].Value, a, "value"));
                return metadata[i].Value;
            }
        }

        metadata.Add(new(name, a.Text("value")));
        return a.Text("value");
    }

    private static string NewText(string old, KeywordArguments a, string argument, bool html = false)
    {
        var (text, separator) = (a.Text(argument), a.Text("separator"));
        if (!PyTruth.Of(a["append"]) || old.Length == 0)
        {
            return text;
        }

        if (html && (FailureMessages.IsHtml(text) || FailureMessages.IsHtml(old)))
        {
            old = FailureMessages.IsHtml(old) ? old : $"*HTML* {FailureMessages.Escape(old)}";
            text = FailureMessages.ToHtml(text);
            separator = FailureMessages.Escape(separator);
        }

        return old + separator + text;
    }

    private static object? SetTags(IKeywordContext context, IReadOnlyList<string> tags)
    {
        var suite = Scope(context).Suite;
        if (suite.Test is null && suite.InSuiteTeardown)
        {
            throw Failed("'Set Tags' cannot be used in suite teardown.");
        }

        suite.AddTags(tags);
        context.Log($"Set tag{(tags.Count == 1 ? "" : "s")} {ErrorList.Quote(tags)}.");
        return null;
    }

    private static object? RemoveTags(IKeywordContext context, IReadOnlyList<string> tags)
    {
        var suite = Scope(context).Suite;
        if (suite.Test is not null)
        {
            TagPatterns.Warn(tags, "removing tags", suite.Output);
            var left = new TagSet(suite.Test.Tags);
            left.Remove(tags);
            suite.SetTestTags(left);
        }
        else if (!suite.InSuiteTeardown)
        {
            suite.PendingTagChanges.Add((tags, true));
        }
        else
        {
            throw Failed("'Remove Tags' cannot be used in suite teardown.");
        }

        context.Log($"Removed tag{(tags.Count == 1 ? "" : "s")} {ErrorList.Quote(tags)}.");
        return null;
    }
}
