using FarmAgent.Robot.Building;
using FarmAgent.Robot.Lexing;

namespace FarmAgent.Robot.Parsing;

/// <summary>IF as a block and on one row.</summary>
internal sealed partial class BodyParser
{
    private static int InlineIfIndex(IReadOnlyList<Token> row)
    {
        for (var i = 0; i < row.Count; i++)
        {
            if (row[i].Value == "IF")
            {
                return i;
            }

            if (!IsAssign(row[i].Value))
            {
                return -1;
            }
        }

        return -1;
    }

    private IfStep ReadIf(IReadOnlyList<Token> row)
    {
        var step = new IfStep { Line = row[0].Line };
        var branchErrors = new List<List<string>>();
        IReadOnlyList<Token>? end;
        for (var header = row; ;)
        {
            var errors = new List<string>();
            var branch = ReadIfHeader(header, errors);
            step.Branches.Add(branch);
            branchErrors.Add(errors);
            end = ReadUntilEnd(branch.Body, Place.Block, next => Marker(next) is "ELSE IF" or "ELSE");
            AddIf(errors, branch.Body.Count == 0, $"{branch.Type} branch cannot be empty.");
            if (end is not null || _next >= _rows.Count)
            {
                break;
            }

            header = _rows[_next++];
        }

        var all = branchErrors[0];
        AddIfStructureErrors(all, step);
        AddIf(all, end is null, "IF must have closing END.");
        all.AddRange(branchErrors.Skip(1).SelectMany(list => list));
        AddEndErrors(all, end);
        step.Error = ErrorList.Format(all);
        return step;
    }

    private static IfBranch ReadIfHeader(IReadOnlyList<Token> row, List<string> errors)
    {
        var type = Marker(row);
        var conditions = Texts(row.Skip(1));
        if (type == "ELSE")
        {
            AddIf(errors, conditions.Count > 0, $"ELSE does not accept arguments, got {ErrorList.Quote(conditions)}.");
        }
        else
        {
            AddIf(errors, conditions.Count == 0, $"{type} must have a condition.");
            AddIf(errors, conditions.Count > 1, $"{type} cannot have more than one condition, got {ErrorList.Quote(conditions)}.");
        }

        return new IfBranch { Type = type, Condition = conditions.Count > 0 ? string.Join(", ", conditions) : null, Line = row[0].Line };
    }

    private static void AddIfStructureErrors(List<string> errors, IfStep step)
    {
        var seen = false;
        foreach (var branch in step.Branches.Skip(1))
        {
            var error = branch.Type == "ELSE" ? "Only one ELSE allowed." : "ELSE IF not allowed after ELSE.";
            AddIf(errors, seen && !errors.Contains(error), error);
            seen |= branch.Type == "ELSE";
        }
    }

    private IfStep ReadInlineIf(IReadOnlyList<Token> row)
    {
        var index = InlineIfIndex(row);
        var assignCells = Texts(row.Take(index));
        var step = new IfStep { Line = row[0].Line };
        var errors = new List<string>();
        var branchErrors = new List<List<string>>();
        var parts = SplitInline(row.Skip(index).ToList());
        foreach (var (header, body) in parts)
        {
            var own = new List<string>();
            var branch = ReadIfHeader(header, own);
            if (body.Count > 0)
            {
                branch.Body.Add(ReadInlineStep(body));
            }

            step.Branches.Add(branch);
            branchErrors.Add(own);
        }

        errors.AddRange(branchErrors[0]);
        errors.AddRange(VariableChecks.CheckAssign(assignCells));
        AddIf(errors, step.Branches[0].Body.Count == 0, "IF branch cannot be empty.");
        AddIfStructureErrors(errors, step);
        AddInlineErrors(errors, step, assignCells.Count > 0);
        for (var i = 1; i < step.Branches.Count; i++)
        {
            errors.AddRange(branchErrors[i]);
            AddIf(errors, step.Branches[i].Body.Count == 0, $"{step.Branches[i].Type} branch cannot be empty.");
        }

        SetInlineAssign(step, assignCells);
        step.Error = ErrorList.Format(errors);
        return step;
    }

    private Step ReadInlineStep(List<Token> body) =>
        body.Count > 2 && InlineIfIndex(body) >= 0 ? ReadInlineIf(body) : ReadStatement(body, Place.Inline);

    private static void AddInlineErrors(List<string> errors, IfStep step, bool assigns)
    {
        foreach (var item in step.Branches.Where(branch => branch.Body.Count > 0).Select(branch => branch.Body[0]))
        {
            AddIf(errors, assigns && item is not KeywordCall { Name: not null }, "Inline IF with assignment can only contain keyword calls.");
            AddIf(errors, item is KeywordCall { Assign.Count: > 0 }, "Inline IF branches cannot contain assignments.");
            AddIf(errors, item is IfStep, "Inline IF cannot be nested.");
        }
    }

    // The variables take the value of whichever branch runs; without ELSE that is None.
    private static void SetInlineAssign(IfStep step, IReadOnlyList<string> assign)
    {
        if (assign.Count == 0)
        {
            return;
        }

        foreach (var call in step.Branches.SelectMany(branch => branch.Body).OfType<KeywordCall>())
        {
            call.Assign = assign;
        }

        if (step.Branches[^1].Type != "ELSE")
        {
            var other = new IfBranch { Type = "ELSE", Line = step.Line };
            other.Body.Add(new KeywordCall { Name = "BuiltIn.Set Variable", Arguments = ["${NONE}"], Assign = assign, Line = step.Line });
            step.Branches.Add(other);
        }
    }

    // IF condition step… ELSE IF condition step… ELSE step…
    private static List<(IReadOnlyList<Token> Header, List<Token> Body)> SplitInline(List<Token> cells)
    {
        var parts = new List<(IReadOnlyList<Token> Header, List<Token> Body)>();
        for (var i = 0; i < cells.Count;)
        {
            var size = cells[i].Value == "ELSE" ? 1 : Math.Min(2, cells.Count - i);
            var header = cells.GetRange(i, size);
            i += size;
            var start = i;

            // What follows a nested IF belongs to it.
            var nested = InlineIfIndex(cells[i..]) >= 0;
            while (i < cells.Count && (nested || TitleCase.NormalizeSpaces(cells[i].Value) is not ("ELSE IF" or "ELSE")))
            {
                i++;
            }

            parts.Add((header, cells.GetRange(start, i - start)));
        }

        return parts;
    }
}
