using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Keywords;

/// <summary>Keywords that fail, skip, pass, return, or end loops.</summary>
internal sealed partial class BuiltInLibrary
{
    private static IEnumerable<KeywordDescriptor> ControlKeywords() =>
    [
        Assertion("Fail", "msg: str | None=None, *tags: str", (context, a) =>
        {
            SetAndRemoveTags(context, a.Varargs);
            throw Failed(string.IsNullOrEmpty(a.OptionalText("msg")) ? "AssertionError" : a.Text("msg"));
        }),
        Assertion("Fatal Error", "msg: str | None=None", (context, a) =>
            throw new KeywordFailedException(string.IsNullOrEmpty(a.OptionalText("msg")) ? "AssertionError" : a.Text("msg")) { Kind = FailureKind.Fatal }),
        Plain("Skip", "msg: str='Skipped with Skip keyword.'", (_, a) => throw Skipped(a.Text("msg"))),
        Plain("Skip If", "condition, msg: str | None=None", (context, a) => IsTrue(context, a["condition"])
            ? throw Skipped(string.IsNullOrEmpty(a.OptionalText("msg")) ? Text(a["condition"]) : a.Text("msg"))
            : null),
        Plain("Continue For Loop", "", (context, _) => LeaveLoop(context, "Continue For Loop", FlowKind.Continue)),
        Plain("Continue For Loop If", "condition", (context, a) => LeaveLoopIf(context, a, "Continue For Loop If", FlowKind.Continue)),
        Plain("Exit For Loop", "", (context, _) => LeaveLoop(context, "Exit For Loop", FlowKind.Break)),
        Plain("Exit For Loop If", "condition", (context, a) => LeaveLoopIf(context, a, "Exit For Loop If", FlowKind.Break)),
        Raw("Return From Keyword", "*return_values", 0, (context, a) => Return(context, a.Varargs)),
        Raw("Return From Keyword If", "condition, *return_values", 1, (context, a) =>
            IsTrue(context, a["condition"]) ? Return(context, a.Varargs) : null),
        Plain("Pass Execution", "message: str, *tags: str", (context, a) => Pass(context, a.Text("message"), a.Varargs)),
        Raw("Pass Execution If", "condition, message: str, *tags: str", 1, (context, a) => IsTrue(context, a["condition"])
            ? Pass(context, Variables(context).ReplaceString(Text(a["message"])), Variables(context).ReplaceList(a.Varargs))
            : null),
        Plain("No Operation", "", (_, _) => null),
        Raw("Comment", "*messages: str", 0, (_, _) => null),
    ];

    private static KeywordFailedException Skipped(string message) => new(message.Length == 0 ? "SkipExecution" : message) { Kind = FailureKind.Skip };

    private static object? LeaveLoopIf(IKeywordContext context, KeywordArguments a, string name, FlowKind kind)
    {
        CheckInLoop(context, name);
        return IsTrue(context, a["condition"]) ? LeaveLoop(context, name, kind) : null;
    }

    private static object LeaveLoop(IKeywordContext context, string name, FlowKind kind)
    {
        CheckInLoop(context, name);
        context.Log(kind == FlowKind.Break ? "Exiting for loop altogether." : "Continuing for loop from the next iteration.");
        return new Flow(kind);
    }

    private static void CheckInLoop(IKeywordContext context, string name)
    {
        if (!Scope(context).Suite.AllowsLoopControl)
        {
            throw new VariableSyntaxException($"'{name}' can only be used inside a loop.");
        }
    }

    private static object Return(IKeywordContext context, IReadOnlyList<object?> values)
    {
        context.Log("Returning from the enclosing user keyword.");
        return new Flow(FlowKind.Return, values);
    }

    private static object Pass(IKeywordContext context, string message, IReadOnlyList<object?> tags)
    {
        message = message.Trim(PyWhitespace.All);
        if (message.Length == 0)
        {
            throw Failed("Message cannot be empty.");
        }

        SetAndRemoveTags(context, tags);
        LogText(context, "Execution passed with message:\n", message);
        return new Flow(FlowKind.Pass, Message: message);
    }

    private static void SetAndRemoveTags(IKeywordContext context, IReadOnlyList<object?> tags)
    {
        var all = tags.Select(Text).ToList();
        var removed = all.FindAll(tag => tag.StartsWith('-')).ConvertAll(tag => tag[1..]);
        var added = all.FindAll(tag => !tag.StartsWith('-'));
        if (removed.Count > 0)
        {
            RemoveTags(context, removed);
        }

        if (added.Count > 0)
        {
            SetTags(context, added);
        }
    }
}
