using System.Text;
using System.Text.Json;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Validation;
using OrleansBilling.Oracle.Generation;

namespace OrleansBilling.Oracle.Running;

/// <summary>Whether the engine refuses what must be refused, and says where and why.</summary>
internal static class RefusalComparison
{
    /// <summary>More digits than a decimal has, or a number that does not end.</summary>
    private static readonly string[] Absurd =
        ["79228162514264337593543950336", "1e29", "0.00000000000000000000000000001", "1e-40", "1E400", "NaN", "0x10", "1,5", "--1", ""];

    /// <summary>The first wrong judgement; null when there is none, or the plan has no such fault.</summary>
    internal static string? Find(Case given, Dice dice, ref long judged)
    {
        if (ContradictionMaker.Any(dice, given.Plan) is { } contradiction)
        {
            judged++;
            var errors = PlanValidator.Validate(contradiction.Plan, given.Meters.GetValueOrDefault);
            if (Differs(errors, contradiction.Pointer, contradiction.Code) is { } difference)
            {
                return $"{difference}: {Encoding.UTF8.GetString(PlanJson.Serialize(contradiction.Plan))}";
            }
        }

        judged++;
        return FindAbsurd(given.Plan, dice.Of(Absurd));
    }

    /// <summary>A number of the plan's text that no decimal holds.</summary>
    private static string? FindAbsurd(PlanDefinition plan, string number)
    {
        var fee = new ChargeDefinition
        {
            Id = "absurd", Name = "absurd", Kind = ChargeKind.Recurring, Price = new() { Model = PriceModel.Flat, Amount = 271_828.1828m },
        };
        var text = Encoding.UTF8.GetString(PlanJson.Serialize(plan with { Charges = [fee] }))
            .Replace("271828.1828", number, StringComparison.Ordinal);
        return PlanJson.Parse(text) is { Plan: null } refused
            ? Differs(refused.Errors, "/charges/0/amount", "json.not_decimal")
            : $"The number {number} is read";
    }

    private static string? Differs(IReadOnlyList<ValidationError> errors, string pointer, string code)
    {
        if (!errors.Any(e => e.Code == code && e.Pointer.StartsWith(pointer, StringComparison.Ordinal)))
        {
            return $"{code} is expected at {pointer}; engine: {JsonSerializer.Serialize(errors)}";
        }

        return errors.Where(e => !e.Pointer.StartsWith('/') || !e.Code.Contains('.', StringComparison.Ordinal) || e.Message.Length < 10)
            .Select(e => $"a refusal without a place or a reason: {e}").FirstOrDefault();
    }
}
