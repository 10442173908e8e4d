// The guide's web service, from start to customer data, by Go's standard library alone.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

type object map[string]any

func call(method, path string, body object) (int, string, object) {
	var sent bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&sent).Encode(body); err != nil {
			log.Fatal(err)
		}
	}
	request, err := http.NewRequest(method, os.Getenv("PORTAL_URL")+path, &sent)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("CROSSACCOUNT_KEY"))
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	client := http.Client{Timeout: time.Minute}
	response, err := client.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	answer := object{}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		log.Fatal(err)
	}
	if response.StatusCode >= 400 {
		log.Fatal(response.StatusCode, answer["code"])
	}
	return response.StatusCode, response.Header.Get("Location"), answer
}

func say(what object) {
	text, err := json.Marshal(what)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(text))
}

func main() {
	page, err := http.Get(os.Getenv("PORTAL_URL") + "/integrate")
	if err != nil {
		log.Fatal(err)
	}
	page.Body.Close()
	say(object{"integrate": page.StatusCode})

	customer := os.Args[1]
	_, _, started := call("POST", "/api/integration/start",
		object{"customer_id": customer, "customer_name": "Go Ltd", "region": "us-east-1"})
	say(started)

	// The customer opens the launch link, and says the role's ARN.
	roleArn, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil {
		log.Fatal(err)
	}
	status, location, done := call("POST", "/api/integration/complete", object{
		"customer_id": customer, "role_arn": strings.TrimSpace(roleArn), "external_id": started["external_id"]})
	for status == 202 || done["state"] == "running" {
		time.Sleep(time.Second)
		status, _, done = call("GET", location, nil)
	}
	outcome, ok := done["status"]
	if !ok {
		outcome = done["outcome"]
	}
	say(object{"complete": outcome})

	_, _, data := call("GET", "/api/customer/"+customer+"/data", nil)
	say(data)
}
