using System.Net.Http.Headers;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Api;

[Collection(HostCollection.Name)]
public sealed class BadInputTests(HostFixture host)
{
    [Theory]
    [InlineData("nowhere", "energy", "2012-06-02T08:00:00Z", "1", "device.unknown")]
    [InlineData("meter-17", "nothing", "2012-06-02T08:00:00Z", "1", "meter.unknown")]
    [InlineData("meter-17", "energy", "2032-06-02T08:00:00Z", "1", "usage.future")]
    [InlineData("meter-17", "energy", "2012-06-02T08:00:00", "1", "usage.time_invalid")]
    [InlineData("meter-17", "energy", "2012-06-02T08:00:00Z", "-1", "usage.negative_quantity")]
    [InlineData("meter-17", "energy", "2012-06-02T08:00:00Z", "\"NaN\"", "usage.value_invalid")]
    [InlineData("meter-17", "energy", "2012-06-02T08:00:00Z", "\"Infinity\"", "usage.value_invalid")]
    [InlineData("meter-17", "energy", "2012-06-02T08:00:00Z", "1e308", "usage.value_out_of_range")]
    [InlineData("meter-17", "energy", "2012-06-02T08:00:00Z", "123456789012345678901234567890",
        "usage.value_out_of_range")]
    [InlineData("meter-17", "energy", "2012-06-02T08:00:00Z", "0.0000000000001", "usage.value_out_of_range")]
    public async Task A_bad_event_is_rejected_with_its_reason(
        string device, string meter, string time, string value, string reason)
    {
        using var caller = await host.NewHomeAsync();
        var answer = await caller.ReportAsync("e-1", value, time, device, meter);
        Assert.Equal((200, "0", "1"), (answer.Status, answer.Text("accepted"), answer.Text("rejected")));
        Assert.Equal(("e-1", "rejected", reason),
            (answer.Text("results/0/id"), answer.Text("results/0/status"), answer.Text("results/0/reason")));
        Assert.NotEmpty(answer.Text("results/0/message"));
        Assert.Equal("9.50", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
    }

    [Fact]
    public async Task A_wrong_unit_is_rejected_and_one_that_converts_is_taken()
    {
        using var caller = await host.NewHomeAsync();
        const string Event = """{ "events": [ { "id": "UNIT", "device": "meter-17", "meter": "energy", "time": "2012-06-02T08:00:00Z", "value": "1500", "unit": "UNIT" } ] }""";
        var wrong = await caller.PostAsync("/v1/events", Event.Replace("UNIT", "MB", StringComparison.Ordinal));
        Assert.Equal(
            ("rejected", "usage.unit_mismatch"), (wrong.Text("results/0/status"), wrong.Text("results/0/reason")));
        var right = await caller.PostAsync("/v1/events", Event.Replace("UNIT", "Wh", StringComparison.Ordinal));
        Assert.Equal(("accepted", "0.465"), (right.Text("results/0/status"), right.Text("results/0/charge")));
    }

    [Fact]
    public async Task A_bad_event_does_not_keep_the_others_of_its_batch_away()
    {
        using var caller = await host.NewHomeAsync();
        var answer = await caller.PostAsync("/v1/events", """
            { "events": [
              { "id": "a", "device": "meter-17", "meter": "energy", "time": "2012-06-02T08:00:00Z", "value": "1" },
              { "id": "b", "device": "meter-17", "meter": "energy", "time": "2012-06-02T08:00:00Z", "value": "NaN" },
              7,
              { "id": "a", "device": "meter-17", "meter": "energy", "time": "2012-06-02T08:00:00Z", "value": "1.0" },
              { "id": "c", "device": "meter-17", "meter": "energy", "time": "2012-06-02T08:00:00Z", "value": "2" } ] }
            """);
        Assert.Equal(("2", "1", "2"), (answer.Text("accepted"), answer.Text("duplicates"), answer.Text("rejected")));
        Assert.Equal(["accepted", "rejected", "rejected", "duplicate", "accepted"],
            Enumerable.Range(0, 5).Select(i => answer.Text($"results/{i}/status")));
        Assert.Equal(
            ("/events/1/value", "/events/2"), (answer.Text("results/1/pointer"), answer.Text("results/2/pointer")));
    }

    [Fact]
    public async Task Broken_json_in_the_middle_of_a_batch_does_nothing_of_it()
    {
        using var caller = await host.NewHomeAsync();
        var answer = await caller.PostAsync("/v1/events", """
            { "events": [
              { "id": "a", "device": "meter-17", "meter": "energy", "time": "2012-06-02T08:00:00Z", "value": "1" },
              { "id": "b", "device": "meter-17" "meter": "energy" },
              { "id": "c", "device": "meter-17", "meter": "energy", "time": "2012-06-02T08:00:00Z", "value": "2" } ] }
            """);
        answer.IsProblem(400, "request.json_broken");
        Assert.Equal(("3", "37"), (answer.Text("line"), answer.Text("byte")));
        Assert.Equal("9.50", (await caller.GetAsync("/v1/customers/c-1/bill")).Text("total"));
    }

    [Theory]
    [InlineData("/v1/events", true)]
    [InlineData("/v1/events", false)]
    [InlineData("/v1/plans", true)]
    [InlineData("/v1/devices", false)]
    public async Task A_body_of_100_megabytes_is_refused_and_the_answer_arrives(string path, bool announced)
    {
        using var caller = await host.NewTenantAsync();
        using var content = new StreamContent(new Filler(100_000_000, announced));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var answer = await caller.SendAsync(new(HttpMethod.Post, path) { Content = content });
        answer.IsProblem(413, "request.body_too_large");
        Assert.Equal(200, (await caller.GetAsync("/v1/clock")).Status);
    }

    [Theory]
    [InlineData("""{ "id": "c", "name": "N", "currency": "XXQ" }""", 422, "currency.unknown", "/currency")]
    [InlineData("""{ "id": "c", "name": "N", "currency": "EUR", "vip": true }""", 422, "json.unknown_property", "/vip")]
    [InlineData("""{ "id": "c", "name": "N" }""", 422, "json.required", "/currency")]
    [InlineData("""{ "id": 5, "name": "N", "currency": "EUR" }""", 422, "json.type", "/id")]
    [InlineData("""[]""", 422, "json.type", "")]
    [InlineData("""{ "id": "c", """, 400, "request.json_broken", null)]
    public async Task A_customer_that_makes_no_sense_is_refused(string body, int status, string code, string? pointer)
    {
        using var caller = await host.NewTenantAsync();
        (await caller.PostAsync("/v1/customers", body)).IsProblem(status, code, pointer);
    }

    [Theory]
    [InlineData("/v1/customers")]
    [InlineData("/v1/events")]
    [InlineData("/v1/plans")]
    public async Task Json_of_more_than_64_levels_is_refused(string path)
    {
        using var caller = await host.NewTenantAsync();
        foreach (var levels in new[] { 64, 1_000_000 })
        {
            var nested = new string('[', levels) + new string(']', levels);
            (await caller.PostAsync(path, $$"""{ "id": {{nested}} }""")).IsProblem(400, "request.json_broken");
        }
        Assert.Equal(200, (await caller.GetAsync("/v1/clock")).Status);
    }

    [Fact]
    public async Task A_plan_in_another_currency_than_the_customers_is_refused()
    {
        using var caller = await host.NewHomeAsync();
        await caller.CreateAsync("/v1/customers", """{ "id": "us", "name": "N", "currency": "USD" }""");
        var answer = await caller.PostAsync("/v1/subscriptions", """{ "id": "s-9", "customer": "us", "plan": "home", "start": "2012-06-01T00:00:00Z" }""");
        answer.IsProblem(422, "subscription.currency", "/plan");
    }

    [Theory]
    [InlineData("""[ { "upTo": "10", "unitPrice": "1" }, { "upTo": "5", "unitPrice": "2" }, { "unitPrice": "3" } ]""",
        "plan.tiers_not_ascending", "/charges/0/tiers/1/upTo")]
    [InlineData("""[ { "upTo": "10", "unitPrice": "1" }, { "upTo": "10", "unitPrice": "2" }, { "unitPrice": "3" } ]""",
        "plan.tiers_not_ascending", "/charges/0/tiers/1/upTo")]
    [InlineData("""[ { "upTo": "10", "unitPrice": "1" } ]""", "plan.tiers_gap", "/charges/0/tiers/0/upTo")]
    public async Task A_plan_with_overlaps_or_gaps_is_refused_with_the_pointer(
        string tiers, string code, string pointer)
    {
        using var caller = await host.NewHomeAsync();
        var plan = await caller.PostAsync("/v1/plans", $$"""
            { "id": "bad", "currency": "EUR", "charges": [ { "id": "e", "meter": "energy", "model": "graduated", "tiers": {{tiers}} } ] }
            """);
        plan.IsProblem(422, code, pointer);
        (await caller.GetAsync("/v1/plans/bad")).IsProblem(404, "plan.unknown");
        var quote = await caller.PostAsync("/v1/quotes", $$"""
            { "currency": "EUR", "quantity": "1", "charge": { "model": "graduated", "tiers": {{tiers}} } }
            """);
        quote.IsProblem(422, code, pointer.Replace("/charges/0", "/charge", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plan_for_a_meter_that_is_not_there_is_refused()
    {
        using var caller = await host.NewTenantAsync();
        var answer = await caller.PostAsync("/v1/plans", """
            { "id": "bad", "currency": "EUR", "charges": [ { "id": "e", "meter": "energy", "model": "perUnit", "unitPrice": "1" } ] }
            """);
        answer.IsProblem(422, "plan.meter_unknown", "/charges/0/meter");
    }

    [Theory]
    [InlineData("POST", "/v1/customers", "text/plain", 415, "request.media_type_unsupported")]
    [InlineData("POST", "/v1/events", "application/xml", 415, "request.media_type_unsupported")]
    [InlineData("PUT", "/v1/customers", "application/json", 405, "request.method_not_allowed")]
    [InlineData("GET", "/v1/nothing", null, 404, "request.address_unknown")]
    [InlineData("GET", "/v1/devices?limit=0", null, 422, "request.parameter_invalid")]
    [InlineData("GET", "/v1/devices?limit=1001", null, 422, "request.parameter_invalid")]
    [InlineData("GET", "/v1/devices?cursor=%25", null, 422, "request.parameter_invalid")]
    [InlineData("GET", "/v1/devices/meter-17/usage?from=yesterday", null, 422, "request.parameter_invalid")]
    [InlineData("GET", "/v1/devices/none", null, 404, "device.unknown")]
    [InlineData("GET", "/v1/customers/none/bill", null, 404, "customer.unknown")]
    [InlineData("GET", "/v1/customers/none/invoices", null, 404, "customer.unknown")]
    [InlineData("GET", "/v1/invoices/none", null, 404, "invoice.unknown")]
    [InlineData("GET", "/v1/invoices/none/html", null, 404, "invoice.unknown")]
    [InlineData("GET", "/v1/invoices/none/explanation", null, 404, "invoice.unknown")]
    [InlineData("GET", "/v1/invoices/none/usage.csv", null, 404, "invoice.unknown")]
    [InlineData("GET", "/v1/credit-notes/none/html", null, 404, "credit_note.unknown")]
    [InlineData("GET", "/v1/invoices/none/lines/1/events", null, 404, "invoice.unknown")]
    [InlineData("GET", "/v1/subscriptions/none", null, 404, "subscription.unknown")]
    public async Task A_request_of_the_wrong_kind_is_answered_with_a_problem(
        string method, string path, string? type, int status, string code)
    {
        using var caller = await host.NewHomeAsync();
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (type is not null)
        {
            request.Content = new StringContent("{}", MediaTypeHeaderValue.Parse(type));
        }
        (await caller.SendAsync(request)).IsProblem(status, code);
    }

    [Fact]
    public async Task An_id_that_cannot_exist_answers_like_one_that_does_not()
    {
        using var caller = await host.NewTenantAsync();
        (await caller.GetAsync($"/v1/devices/{new string('x', 500)}")).IsProblem(404, "device.unknown");
        (await caller.GetAsync("/v1/devices/%07")).IsProblem(404, "device.unknown");
    }

    [Theory]
    [InlineData("""{ "subscription": "none", "from": "2012-06-11T00:00:00Z" }""", 422, "subscription.unknown", "/subscription")]
    [InlineData("""{ "from": "2012-06-11T00:00:00Z" }""", 422, "json.required", "/subscription")]
    public async Task An_assignment_that_makes_no_sense_is_refused(string body, int status, string code, string pointer)
    {
        using var caller = await host.NewHomeAsync();
        (await caller.PostAsync("/v1/devices/meter-17/assignments", body)).IsProblem(status, code, pointer);
        (await caller.PostAsync("/v1/devices/none/assignments", """{ "subscription": null, "from": "2012-06-11T00:00:00Z" }"""))
            .IsProblem(404, "device.unknown");
    }

    [Fact]
    public async Task The_wall_clock_cannot_be_moved_and_a_test_clock_only_forward()
    {
        (await host.Operator.PostAsync("/v1/clock/advance", """{ "to": "2042-01-01T00:00:00Z" }""")).IsProblem(422, "clock.not_test");
        using var caller = await host.NewTenantAsync();
        (await caller.PostAsync("/v1/clock/advance", """{ "to": "2011-01-01T00:00:00Z" }""")).IsProblem(422, "clock.backwards", "/to");
        (await caller.PostAsync("/v1/clock/advance", """{ "to": "2112-01-01T00:00:00Z" }""")).IsProblem(422, "clock.too_far", "/to");
        (await caller.PostAsync("/v1/clock/advance", """{ "to": "9999-12-31T23:59:59.9999999Z" }""")).IsProblem(422, "json.value", "/to");
    }

    /// <summary>A long body of blanks: valid JSON so far, at any length.</summary>
    private sealed class Filler(long length, bool announced) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => announced;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => _position; set => _position = value; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - _position);
            buffer.AsSpan(offset, read).Fill((byte)' ');
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => _position = offset;

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
