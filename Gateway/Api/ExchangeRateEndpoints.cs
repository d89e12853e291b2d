using System.Runtime.InteropServices;
using System.Text;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.ExchangeRates;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.ExchangeRates;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage.Csv;

namespace OrleansBilling.Gateway.Api;

/// <summary>Dated exchange rates.</summary>
internal static class ExchangeRateEndpoints
{
    private const string Xml = "application/xml";
    private const string Taken = $"{JsonBody.MediaType}, {Xml}, {CsvBodyReader.MediaType}";

    public static async Task<IResult> ImportAsync(HttpContext context, IGrainFactory grains)
    {
        var replace = Replace(context);
        var file = await ReadAsync(context);
        var rates = Rates(context, grains);
        var results = new List<RateSheetResult>();
        // In the order of days, so that a repeat of an import that was cut off goes on with it.
        foreach (var sheet in file.Sheets)
        {
            var result = await rates.Take(sheet, replace);
            if (result.Faults.Length > 0)
            {
                return new ProblemResult(CommandAnswer.ProblemOf(Contracts.Common.CommandOutcome.Rejected, result.Faults));
            }
            results.Add(result);
        }
        await rates.IssueWaiting();
        return ApiJson.Ok(ExchangeRateImportAnswer.Of(file, results));
    }

    public static async Task<IResult> SetAsync(HttpContext context, IGrainFactory grains)
    {
        var replace = Replace(context);
        var body = await JsonBody.ReadAsync<ExchangeRateBody>(context);
        var errors = new List<ProblemError>();
        var item = new ExchangeRateItem { Date = body.Date, Currency = body.Currency, Rate = body.Rate };
        var file = ExchangeRateReader.Read(body.Source, body.Base, [item], _ => "", errors);
        if (errors.Count > 0)
        {
            throw new ProblemException(Problem.Invalid(errors));
        }
        var rates = Rates(context, grains);
        var result = await rates.Take(file.Sheets[0], replace);
        if (result.Faults.Length > 0)
        {
            return new ProblemResult(CommandAnswer.ProblemOf(Contracts.Common.CommandOutcome.Rejected, result.Faults));
        }
        if (result.Refused is [var refused, ..])
        {
            return new ProblemResult(Problem.Invalid(
                "exchange_rate.exists",
                $"{refused.Given.Source} has {DecimalText.Format(refused.Known)} for that day already; with replace=true yours takes its place.", "/rate") with
            {
                Status = 409,
            });
        }
        await rates.IssueWaiting();
        var answer = ExchangeRateAnswer.Of(file.Sheets[0].Rates().Single());
        return result.Counts[0].Added > 0 ? ApiJson.Created("/v1/exchange-rates", answer) : ApiJson.Ok(answer);
    }

    public static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains)
    {
        var (limit, date) = (Query.Limit(context), DateOf(context, "date"));
        var first = date ?? DateOf(context, "from") ?? new LocalDate(1970, 1, 1);
        var last = date ?? DateOf(context, "to") ?? new LocalDate(2199, 12, 31);
        var after = Query.After(context) is { } cursor ? Place(cursor) : null;
        // One more than asked for tells whether there is another page.
        var found = await Rates(context, grains).List(new(
            Query.Text(context, "source"), Query.Text(context, "currency"), LocalDatePattern.Iso.Format(first), LocalDatePattern.Iso.Format(last),
            after, limit + 1));
        return Listing.Of(
            found.Length > limit ? new Contracts.Common.Page<DatedRate>(found[..limit], Place(found[limit - 1])) : new(found, null),
            ExchangeRateAnswer.Of);
    }

    public static async Task<IResult> ConvertAsync(HttpContext context, IGrainFactory grains)
    {
        var (from, to) = (CurrencyOf(context, "from"), CurrencyOf(context, "to"));
        var date = DateOf(context, "date") ?? throw Query.Fault("date", "Give an ISO date, such as 2026-11-27.");
        var source = Query.Text(context, "source") ?? RateSources.Ecb;
        if (from.Equals(to))
        {
            throw Query.Fault("to", "Give another currency than 'from'.");
        }
        var amount = AmountOf(context, from);
        var found = await Rates(context, grains).Find([new(source, from.Code, to.Code, date)]);
        if (found[0] is not { } rate)
        {
            return new ProblemResult(new(404, "exchange_rate.unknown",
                $"'{source}' has no rates from {from} to {to} for {LocalDatePattern.Iso.Format(date)}: import them with POST /v1/exchange-rates/import."));
        }
        try
        {
            return ApiJson.Ok(ConversionAnswer.Of(amount, rate, rate.Convert(amount)));
        }
        catch (OverflowException)
        {
            throw Query.Fault("amount", "The amount is too large to be converted.");
        }
    }

    private static async Task<RateFile> ReadAsync(HttpContext context)
    {
        if (JsonBody.IsOf(context.Request, JsonBody.MediaType, "+json"))
        {
            var body = await JsonBody.ReadAsync<ExchangeRatesBody>(context);
            var errors = new List<ProblemError>();
            var read = ExchangeRateReader.Read(body.Source, body.Base, body.Rates, i => $"/rates/{i}", errors);
            return errors.Count == 0 ? read : throw new ProblemException(Problem.Invalid(errors));
        }
        var isXml = JsonBody.IsOf(context.Request, Xml, "+xml") || JsonBody.IsOf(context.Request, "text/xml", "+xml");
        if (!isXml && !JsonBody.IsOf(context.Request, CsvBodyReader.MediaType, "+csv"))
        {
            throw new ProblemException(Problem.MediaTypeUnsupported(Taken));
        }
        using var bytes = await RequestBody.ReadAsync(context, BodyLimit.Events);
        MemoryMarshal.TryGetArray(bytes.Bytes, out var array);
        using var stream = new MemoryStream(array.Array!, array.Offset, array.Count, writable: false);
        var file = isXml ? EcbXml.Read(stream) : EcbCsv.Read(new StreamReader(stream, Encoding.UTF8));
        return file.Errors.Count == 0
            ? file
            : throw new ProblemException(Problem.Invalid([.. file.Errors.Select(e => new ProblemError(
                "exchange_rate.file", $"Line {e.Line}: {e.Message}", null))]));
    }

    private static bool Replace(HttpContext context) => Query.Text(context, "replace") switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Query.Fault("replace", "Give 'true' or 'false'."),
    };

    private static Money AmountOf(HttpContext context, Currency currency)
    {
        if (DecimalText.TryParse(Query.Text(context, "amount") ?? "", out var amount) && Math.Abs(amount) < 1_000_000_000_000_000m)
        {
            var money = Money.FromExact(amount, currency, LineRounding.HalfAwayFromZero);
            if (money.ToDecimal() == amount)
            {
                return money;
            }
        }
        throw Query.Fault("amount", $"Give an amount below 10^15 in whole minor units of {currency}.");
    }

    private static Currency CurrencyOf(HttpContext context, string name) => Currency.TryParse(Query.Text(context, name), out var currency)
        ? currency
        : throw Query.Fault(name, "Give an ISO 4217 code, such as EUR.");

    private static LocalDate? DateOf(HttpContext context, string name) => Query.Text(context, name) is not { } text ? null
        : LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= 1970 and < 2200 } date } ? date
        : throw Query.Fault(name, "Give an ISO date, such as 2026-11-27.");

    private static string Place(DatedRate rate) => string.Join('\n', rate.Source, rate.Base, rate.Currency, LocalDatePattern.Iso.Format(rate.Date));

    private static DatedRate Place(string cursor) =>
        cursor.Split('\n') is [var source, var baseCurrency, var currency, var date] && LocalDatePattern.Iso.Parse(date) is { Success: true, Value: var day }
            ? new(source, baseCurrency, currency, day, 0m)
            : throw Query.Fault("cursor", "Use the 'next' of the page before, as it was.");

    private static IExchangeRatesGrain Rates(HttpContext context, IGrainFactory grains) =>
        grains.GetGrain<IExchangeRatesGrain>(context.Tenant());
}
