import { type Passing, quote, type Retort } from "./gateway.ts";

/** Answers by which a service repeats what it should not. */

/** Resource Manager refuses. */
export function refusal(status: number): (passing: Passing) => Retort {
  return (passing) => ({
    status,
    type: "application/json",
    body: JSON.stringify({ error: { code: "Refused", message: quote(passing) } }),
  });
}

/** The sign-in service refuses. */
export function signInRefusal(passing: Passing): Retort {
  const description = `AADSTS7000215: Invalid client secret provided. ${quote(passing)}`;
  return {
    status: 401,
    type: "application/json",
    body: JSON.stringify({
      error: "invalid_client",
      error_description: description,
      error_codes: [7000215],
    }),
  };
}

/** A vCenter refuses with a fault of this type. */
export function vcenterFault(type: string): (passing: Passing) => Retort {
  return (passing) => ({
    status: 500,
    type: "text/xml",
    body: `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>${escaped(quote(passing))}</faultstring><detail><${type}Fault xmlns="urn:vim25" xsi:type="${type}"/></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>`,
  });
}

/** A replicated machine complains of its health in these words. */
export function illHealth(words: string): (body: string) => string {
  return (body) => {
    const answer = JSON.parse(body) as { value?: object[]; properties?: object };
    const ill = (one: { properties?: object }): object => ({
      ...one,
      properties: {
        ...one.properties,
        replicationHealth: "Warning",
        healthErrors: [
          {
            errorLevel: "Warning",
            errorCode: "78007",
            errorMessage: `It said: ${words}`,
            possibleCauses: words,
            recommendedAction: words,
          },
        ],
      },
    });
    return JSON.stringify(
      answer.value === undefined ? ill(answer) : { ...answer, value: answer.value.map(ill) },
    );
  };
}

/** A job that failed for a reason in these words. */
export function failedJob(words: string): (body: string) => string {
  return (body) => {
    const job = JSON.parse(body) as { readonly properties?: object };
    const error = { code: "150097", message: `It said: ${words}`, possibleCauses: words };
    const errors = [
      { errorLevel: "Error", serviceErrorDetails: error, providerErrorDetails: null },
    ];
    const ended = { state: "Failed", stateDescription: "Failed", errors, allowedActions: [] };
    return JSON.stringify({ ...job, properties: { ...job.properties, ...ended } });
  };
}

/** An operation that failed for a reason in these words. */
export function failedStatus(words: string): (body: string) => string {
  return (body) => {
    if (body === "") return body;
    const status = JSON.parse(body) as object;
    const error = { code: "150097", message: `It said: ${words}` };
    return JSON.stringify({ ...status, status: "Failed", error });
  };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
